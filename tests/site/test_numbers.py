"""Published figures beside those of this build: the file, the page, and the terminal."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from built_site import SITE, read
from processes import ROOT, Finished, run

pytestmark = pytest.mark.site

PUBLISHED = ROOT / "book" / "recorded" / "published.json"


def compare(*options: object) -> Finished:
    return run("-m", "book_kit.compare", *options)


def loaded(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.fixture
def copy_of_the_build(tmp_path: Path) -> Path:
    shutil.copy2(SITE / "numbers.json", tmp_path / "numbers.json")
    return tmp_path


def test_the_figure_behind_every_measured_claim_is_there() -> None:
    claims = json.loads((SITE / "claims.json").read_text(encoding="utf-8"))
    measured = {claim["id"]: claim["values"] for claim in claims if claim["values"]}
    written = {entry["name"]: entry["values"] for entry in loaded(SITE / "numbers.json")["figures"]}
    assert written == measured


def test_every_published_figure_has_a_row_on_the_page() -> None:
    page = read("reference/your-numbers.html")
    shown = {
        element.attributes["href"].partition("#claim-")[2]
        for element in page.tagged("a")
        if "claim-id" in element.classes
    }
    names = {entry["name"] for entry in loaded(PUBLISHED)["figures"]}
    assert shown
    assert shown == names


def test_a_build_held_against_itself_differs_in_nothing(copy_of_the_build: Path) -> None:
    numbers = copy_of_the_build / "numbers.json"
    finished = compare("--built", copy_of_the_build, "--published", numbers)
    assert finished.returncode == 0, finished.stderr
    total = len(loaded(numbers)["figures"])
    assert f"{total} of {total} published figures agree" in finished.stdout
    assert "→" not in finished.stdout


def test_a_difference_is_shown_with_what_explains_it(copy_of_the_build: Path) -> None:
    content = loaded(copy_of_the_build / "numbers.json")
    content["environment"] |= {"python": "2.7.18", "processor": "an abacus"}
    entry = next(e for e in content["figures"] if e["instrument"] == "sys.getsizeof")
    entry["values"] = [value + 8 for value in entry["values"]]
    published = copy_of_the_build / "published.json"
    published.write_text(json.dumps(content), encoding="utf-8")
    finished = compare("--built", copy_of_the_build, "--published", published)
    assert finished.returncode == 0, finished.stderr
    (row,) = [line for line in finished.stdout.splitlines() if line.startswith(entry["name"] + " ")]
    assert re.search(r"python 2\.7\.18 → \d", row)
    assert "abacus" not in row


def test_publishing_keeps_the_figures_of_the_build(copy_of_the_build: Path) -> None:
    published = copy_of_the_build / "published.json"
    finished = compare("--built", copy_of_the_build, "--published", published, "--publish")
    assert finished.returncode == 0, finished.stderr
    assert loaded(published) == loaded(copy_of_the_build / "numbers.json")


@pytest.mark.parametrize("option", [(), ("--publish",)])
def test_without_a_build_one_line_says_what_to_do(tmp_path: Path, option: tuple[str, ...]) -> None:
    published = tmp_path / "published.json"
    finished = compare("--built", tmp_path, "--published", published, *option)
    assert finished.returncode == 1
    assert finished.stderr.splitlines() == [
        "compare: there is no numbers.json; run `make book` first"
    ]
    assert not published.exists()
