"""The page for teachers: its graph, its commands, its pictures and its notebooks are true."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import yaml
from built_site import ROOT, SITE, Element, numbered_chapters, read

pytestmark = pytest.mark.site

PAGE = "teach/index.html"
SVG = "{http://www.w3.org/2000/svg}"
_CARD = re.compile(r"^\*\*You need first\*\*(.*)$", re.M)
_DOC = re.compile(r"\{doc\}`(?:[^`<]*<)?([^`>]+)>?`")
_COMMAND = re.compile(r"`python (scripts/[^`]+)`")


def in_order() -> list[str]:
    """Return the pages of the table of contents in their order."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [one["file"] for part in contents["parts"] for one in part["chapters"]]


def needs_on_cards() -> dict[str, set[str]]:
    """Return for each chapter those that its source says one needs first."""
    found = {}
    for page in numbered_chapters():
        text = (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")
        (line,) = _CARD.findall(text)
        folder = PurePosixPath(page).parent
        links = (_joined(folder, link) for link in _DOC.findall(line))
        found[page] = {it for it in links if it in numbered_chapters()}
    return found


def _joined(folder: PurePosixPath, link: str) -> str:
    parts: list[str] = []
    for part in (folder / link).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def titles() -> dict[str, str]:
    """Return each chapter by its title."""
    return {
        next(read(f"{page}.html").tagged("title"))
        .text.partition(". ")[2]
        .partition(" - ")[0]
        .strip(): page
        for page in numbered_chapters()
    }


def graphs() -> list[Element]:
    """Return the pictures of what chapters need: wide and narrow."""
    return [it for it in read(PAGE).tagged("svg") if it.attributes.get("role") == "group"]


def needs_told() -> Iterator[tuple[str, set[str]]]:
    """Yield each chapter and what it needs first, as the picture's alternative text says."""
    by_title = titles()
    _, _, told = graphs()[0].attributes["aria-label"].partition("first. ")
    for sentence in told.rstrip(".").split("; "):
        title, _, needed = sentence.partition(": ")
        names = re.split(r", (?=[A-Z])", needed) if needed != "no other chapter" else []
        yield by_title[title], {by_title[it] for it in names}


def test_the_graph_says_what_the_cards_say() -> None:
    assert dict(needs_told()) == needs_on_cards()
    assert sum(map(len, needs_on_cards().values())) >= 10


def test_each_edge_is_drawn_and_each_chapter_leads_to_its_page() -> None:
    edges = sum(map(len, needs_on_cards().values()))
    assert [it.attributes["class"] for it in graphs()] == ["wide", "narrow"]
    for graph in graphs():
        heads = [
            it
            for it in read(PAGE).tagged("path")
            if graph in it.inside and it.attributes["d"].endswith("Z")
        ]
        assert len(heads) == edges
        links = [it.attributes["href"] for it in read(PAGE).tagged("a") if graph in it.inside]
        assert links == [f"../{page}.html" for page in in_order() if page in numbered_chapters()]


def test_no_chapter_comes_before_one_that_it_needs() -> None:
    place = {page: number for number, page in enumerate(in_order())}
    assert [
        (page, needed)
        for page, all_needed in needs_on_cards().items()
        for needed in all_needed
        if place[needed] >= place[page]
    ] == []


def pictures() -> dict[str, int]:
    """Return how many pictures the cells of each page drew."""
    return {
        path.relative_to(SITE).as_posix(): drawn
        for path in SITE.rglob("*.html")
        if path.relative_to(SITE).parts[0] != "_static"
        and (drawn := _drawn_by_cells(path.relative_to(SITE).as_posix()))
    }


def _drawn_by_cells(name: str) -> int:
    return sum(
        "measured-figure" in it.classes and any("cell_output" in one.classes for one in it.inside)
        for it in read(name).tagged("figure")
    )


def test_there_is_a_file_for_each_measured_picture_and_a_row_in_the_gallery() -> None:
    expected = {
        f"pictures/{'front-page' if name == 'index.html' else PurePosixPath(name).stem}-{n}.svg"
        for name, drawn in pictures().items()
        for n in range(1, drawn + 1)
    }
    assert len(expected) > 40
    assert {f"{page}.html" for page in numbered_chapters()} <= set(pictures())
    assert {it.relative_to(SITE).as_posix() for it in SITE.rglob("pictures/*.svg")} == expected
    downloads = [
        it for it in read(PAGE).tagged("a") if it.attributes.get("href", "").endswith("svg")
    ]
    assert {f"../{name}" for name in expected} == {it.attributes["href"] for it in downloads}
    assert all("download" in it.attributes for it in downloads)
    shown = list(read(PAGE).tagged("img"))
    inside = [it for it in shown if it.attributes.get("src", "").startswith("../pictures/")]
    assert {it.attributes["src"] for it in inside} == {f"../{name}" for name in expected}
    assert all(it.attributes["loading"] == "lazy" for it in inside)


def test_each_file_stands_alone() -> None:
    for path in sorted((SITE / "pictures").glob("*.svg")):
        text = path.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        assert root.tag == f"{SVG}svg", path.name
        assert root.get("width"), path.name
        assert root.get("aria-label"), path.name
        assert root[0].get("fill") == "#ffffff", path.name  # a ground
        assert "var(" not in text, path.name
        assert "light-dark(" not in text, path.name
        assert not re.search(r'(?:href="|url\()(?!#)', text), path.name
        assert set(re.findall(r"font-family: ([\w-]+)", text)) <= {
            "sans-serif",
            "monospace",
            "inherit",
        }, path.name


def test_the_notebooks_of_each_chapter_are_in_the_table() -> None:
    links = [
        unquote(it.attributes["href"])
        for it in read(PAGE).tagged("a")
        if it.attributes.get("href", "").endswith(".ipynb")
    ]
    chapters = [page for page in in_order() if page in numbered_chapters()]
    assert links == [
        f"../{page}{ending}" for page in chapters for ending in (".ipynb", "-without-outputs.ipynb")
    ]


def commands() -> list[str]:
    """Return what the page says to run."""
    text = (ROOT / "book" / "teach" / "index.md").read_text(encoding="utf-8")
    return sorted(set(_COMMAND.findall(text)))


def fault_of(script: str, options: list[str]) -> str:
    """Return what is wrong with a command; its script is asked for help, and does not run."""
    if not (ROOT / script).is_file():
        return "no such script"
    asked = subprocess.run(
        [sys.executable, ROOT / script, *options, "--help"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if asked.returncode:  # a choice that there is not
        return asked.stderr.strip().splitlines()[-1]
    unknown = [it for it in options if it.startswith("--") and it not in asked.stdout]
    return f"no option {unknown}" if unknown else ""


def test_each_script_to_run_is_there_with_its_options() -> None:
    assert len(commands()) > 15
    found = {command: fault_of(*_split(command)) for command in commands()}
    assert {command: fault for command, fault in found.items() if fault} == {}


def _split(command: str) -> tuple[str, list[str]]:
    script, *options = shlex.split(command)
    return script, options


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ("scripts/no-such.py", "no such script"),
        ("scripts/tutorial/few-survivors.py --keep nobody", "invalid choice"),
        ("scripts/tutorial/few-survivors.py --kept scattered", "no option"),
    ],
)
def test_a_command_that_cannot_run_is_noticed(command: str, fault: str) -> None:
    assert fault in fault_of(*_split(command))


def test_each_unit_says_what_to_ask_to_run_and_what_students_can_do() -> None:
    text = (ROOT / "book" / "teach" / "index.md").read_text(encoding="utf-8")
    units = re.findall(r"^[^\n:*]*minutes: .*\n((?:: .*\n)+)", text, re.M)
    assert len(units) == 6 + 8 + 12
    for unit in units:
        if "*Ask*" not in unit:
            assert "Hand out" in unit or "clinic" in text.partition(unit)[0][-60:], unit
            continue
        assert "*Run*" in unit, unit
        assert "*Students can*" in unit, unit
