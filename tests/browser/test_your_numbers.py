"""A reader's own figures beside the published ones, in the browser by the rules of the terminal."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from built_site import ROOT, SITE, need_site
from page_checks.accessibility import axe, violations
from playwright.sync_api import Browser, Page, expect
from visits import DESKTOP, PHONE, Size, Visit

from book_kit.evidence import comparison
from book_kit.evidence.comparison import Numbers
from measured import units

pytestmark = pytest.mark.browser

PAGE = "reference/your-numbers.html"
SCRIPT = ROOT / "book" / "_static" / "your-numbers.js"
PUBLISHED = ROOT / "book" / "recorded" / "published.json"

UNITS = ("MiB", "KiB", "GiB", "bytes", "bytes each", "count", "s", "µs", "µs each", "ms")
ALL_UNITS = (*UNITS, "times", "copies", "fraction")
INSTRUMENTS = (
    "sys.getsizeof",
    "time.process_time",
    "sys.getsizeof, and time.perf_counter",
    "/proc/self/smaps_rollup",
    "the kernel's high-water mark; of a child",
    "psutil, and tracemalloc",
    "lines of time.py",
)
MACHINE = {"implementation": "CPython", "python": "3.11.7", "bits": "64", "libc": "glibc 2.36"}
OTHERS: tuple[dict[str, str], ...] = (
    MACHINE,
    MACHINE | {"python": "3.13.0", "processor": "another"},
    MACHINE | {"malloc": "jemalloc 5.3.0", "variables": "LD_PRELOAD=libjemalloc.so.2"},
    {"implementation": "PyPy", "cores": "8", "page size": "16384 bytes"},
)


@pytest.fixture(scope="module")
def rules(browser: Browser) -> Iterator[Page]:
    """A page that has the rules and nothing else."""
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def in_the_browser(rules: Page, published: Any, here: Any) -> list[list[Any]]:
    found: list[list[Any]] = rules.evaluate(
        """([published, here]) => yourNumbers.compare(
          yourNumbers.read(published), yourNumbers.read(here))
          .map(row => [row.name, row.agrees, row.why])""",
        [published, here],
    )
    return found


def on_the_terminal(published: Any, here: Any) -> list[list[Any]]:
    rows = comparison.compare(Numbers.from_json(published), Numbers.from_json(here))
    return [[row.name, row.agrees, row.why] for row in rows]


def two_files(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return figures of every unit by every instrument, near to each other and far."""
    chance = random.Random(seed)
    published, here = [], []
    for unit in ALL_UNITS:
        for instrument in INSTRUMENTS:
            name = f"{unit} by {instrument}"
            values = [chance.choice([0, 1, -2.5, 40, 1e6]) * chance.random() for _ in range(3)]
            off = chance.choice([0, 0, 0.01, 0.04, 0.2, 0.3, 3])
            own = [value * (1 + off) + chance.choice([0, 0, off]) for value in values]
            entry: dict[str, Any] = {
                "name": name,
                "unit": unit,
                "instrument": instrument,
                "page": "a",
            }
            published.append({**entry, "values": values[: chance.randint(1, 3)]})
            mine = {**entry, "values": own[: chance.randint(1, 3)]}
            if chance.random() < 0.1:
                mine["unit"] = "s" if unit != "s" else "ms"
            if chance.random() < 0.2:
                mine["where"] = {"allocator": "malloc"}
            if chance.random() < 0.9:
                here.append(mine)
    machine = chance.choice(OTHERS)
    return (
        {"environment": MACHINE, "figures": published},
        {"environment": machine, "figures": here, "incomplete": []},
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_browser_judges_as_the_terminal_does(rules: Page, seed: int) -> None:
    published, here = two_files(seed)
    expected = on_the_terminal(published, here)
    assert {row[1] for row in expected} == {True, False, None}  # rows of all kinds
    assert in_the_browser(rules, published, here) == expected


def test_the_browser_judges_this_build_as_the_terminal_does(rules: Page) -> None:
    need_site()
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    here = json.loads((SITE / "numbers.json").read_text(encoding="utf-8"))
    assert in_the_browser(rules, published, here) == on_the_terminal(published, here)


def test_the_browser_writes_figures_as_the_book_does(rules: Page) -> None:
    chance = random.Random(1)
    values = [0, 0.5, 1.5, 2.5, -0.5, 0.125, 0.375, 1.005, 8.345, 1.115, 20, 19.996, 10, 9.96]
    values += [-0.001, 0.0004, 0.05, 0.1, 0.09996, 1234.5, 1234567.25, 999.95, -1024, 0.045]
    values += [chance.uniform(-10, 10) ** chance.randint(1, 7) for _ in range(300)]
    pairs = [(value, unit) for value in values for unit in ALL_UNITS]
    written = rules.evaluate(
        "pairs => pairs.map(([value, unit]) => yourNumbers.write(value, unit))", pairs
    )
    assert written == [units.write(value, unit) for value, unit in pairs]


ENTRY = {"name": "a", "unit": "bytes", "values": [1], "instrument": "sys.getsizeof", "page": "a"}
BROKEN_FIGURES: list[Any] = [
    [1],
    [None],
    [{}],
    [{**ENTRY, "values": []}],
    [{**ENTRY, "values": ["1"]}],
    [{**ENTRY, "values": [True]}],
    [{**ENTRY, "values": 1}],
    [{**ENTRY, "unit": "furlongs"}],
    [{**ENTRY, "unit": None}],
    [{**ENTRY, "page": 1}],
    [{**ENTRY, "where": {"allocator": 1}}],
    [ENTRY, ENTRY],
]
BROKEN: list[Any] = [
    [],
    None,
    1,
    {},
    {"figures": []},
    {"environment": {}, "figures": {}},
    {"environment": {"python": 3}, "figures": []},
    {"environment": {}, "figures": [], "incomplete": "no"},
    *({"environment": {}, "figures": figures} for figures in BROKEN_FIGURES),
]


@pytest.mark.parametrize("content", BROKEN, ids=json.dumps)
def test_the_browser_refuses_what_the_terminal_refuses_in_the_same_words(
    rules: Page, content: Any
) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        Numbers.from_json(content)
    said = rules.evaluate(
        "it => { try { yourNumbers.read(it); return ''; } catch (e) { return e.message; } }",
        content,
    )
    assert said == str(refused.value)


# The page.


def changed_numbers() -> dict[str, Any]:
    """Return the published figures as another machine would have them: two differ, one is gone."""
    content: dict[str, Any] = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    content["environment"] |= {"python": "3.13.0", "system": "Darwin"}
    sizes = [entry for entry in content["figures"] if entry["instrument"] == "sys.getsizeof"]
    for entry in sizes[:2]:
        entry["values"] = [value + 8 for value in entry["values"]]
    content["figures"].remove(sizes[2])
    return content


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.json"
    path.write_text(json.dumps(changed_numbers()), encoding="utf-8")
    return path


def drop(page: Page, text: str, name: str = "numbers.json") -> None:
    """Drop a file on the page, as a mouse does."""
    carried = page.evaluate_handle(
        """([text, name]) => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], name));
          return carried;
        }""",
        [text, name],
    )
    for event in ("dragover", "drop"):
        page.locator("article h1").dispatch_event(event, {"dataTransfer": carried})


def rows_of(page: Page, state: str) -> list[str]:
    found: list[str] = page.locator(f"[data-state={state}] tr").evaluate_all(
        "rows => rows.map(row => row.dataset.figure)"
    )
    return found


def expect_the_own_figures(page: Page) -> None:
    names = [it["name"] for it in json.loads(PUBLISHED.read_text(encoding="utf-8"))["figures"]]
    rows = comparison.compare(comparison.read(PUBLISHED), Numbers.from_json(changed_numbers()))
    expect(page.locator(".own-numbers [role=status]")).to_contain_text("your numbers.json")
    expect(page.locator(".ledger-summary[role=status]")).to_contain_text(
        f"Of {len(names)} published figures, {len(names) - 3} agree, 2 differ, 1 "
    )
    assert rows_of(page, "differs") == [row.name for row in rows if row.agrees is False]
    assert rows_of(page, "unmeasured") == [row.name for row in rows if row.agrees is None]
    expect(page.locator("[data-state=differs] tr").first).to_contain_text("python 3.11.7 → 3.13.0")
    expect(page.locator("[data-state=differs]").locator("..").locator("th").nth(2)).to_have_text(
        "yours: CPython 3.13.0, Darwin"
    )


def test_what_differs_comes_first_and_the_column_is_named_after_who_built(
    visit: Callable[..., Visit],
) -> None:
    page = visit(PAGE).page
    built = json.loads((SITE / "numbers.json").read_text(encoding="utf-8"))["environment"]
    assert page.locator("article h2").first.inner_text().startswith("What differs")
    expect(page.locator(".comparison thead th:nth-child(3)").first).to_have_text(
        f"{built['implementation']} {built['python']}, {built['system']}"
    )
    expect(page.locator("[data-page] tr:visible")).to_have_count(0)
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height < 17_000 / 3


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_file_that_is_dropped_takes_the_place_of_the_build(
    size: Size, visit: Callable[..., Visit]
) -> None:
    axe()
    made = visit(PAGE, size=size)
    page, asked = made.page, len(made.requests)
    before = rows_of(page, "differs")
    drop(page, json.dumps(changed_numbers()))
    expect_the_own_figures(page)
    assert list(violations(made)) == []
    figure = page.locator("[data-state=differs] td:nth-child(3) button").first
    figure.focus()
    expect(page.locator("#behind-figure:popover-open")).to_contain_text("sys.getsizeof")
    page.get_by_role("button", name="Show this build again").click()
    assert rows_of(page, "differs") == before
    expect(page.get_by_role("button", name="Show this build again")).to_be_hidden()
    assert made.asked_since(asked) == []  # nothing left the device
    assert made.complaints == []


def test_a_file_is_chosen_with_the_keyboard(own_file: Path, visit: Callable[..., Visit]) -> None:
    page = visit(PAGE).page
    with page.expect_file_chooser() as chooser:
        # The browser is told to hand choosers over at some moment before it answers what follows.
        page.locator("#own-numbers").focus()
        ring = page.locator("label[for=own-numbers]")
        assert ring.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
        page.keyboard.press("Enter")
    chooser.value.set_files(own_file)
    expect_the_own_figures(page)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no JSON"),
        ("<html>", "is no JSON"),
        ('{"values": [NaN]}', "is no JSON"),
        ("[]", "is no object"),
        ('{"environment": {}, "figures": [1]}', "has a figure that is no object"),
        (json.dumps({"environment": {}, "figures": [ENTRY]}), "of another version of the book"),
        (" " * (4 * 2**20 + 1), "is too large"),
    ],
    ids=["empty", "page", "nan", "claims", "figure", "version", "large"],
)
def test_a_file_that_is_none_is_refused_in_a_line(
    text: str, words: str, visit: Callable[..., Visit]
) -> None:
    made = visit(PAGE)
    before = made.page.locator("article section section").first.inner_text()
    drop(made.page, text, "mine.json")
    status = made.page.locator(".own-numbers [role=status]")
    expect(status).to_contain_text(f"mine.json {words}" if "version" not in words else words)
    assert made.page.locator("article section section").first.inner_text() == before
    assert made.complaints == []


def test_without_scripts_there_is_nothing_to_drop_on(visit: Callable[..., Visit]) -> None:
    page = visit(PAGE, scripts=False).page
    expect(page.locator(".own-numbers")).to_be_hidden()
    expect(page.locator("article h2").first).to_contain_text("What differs")


def test_it_works_from_the_disk(browser: Browser) -> None:
    need_site()
    page = browser.new_page()
    page.goto((SITE / PAGE).as_uri())
    drop(page, json.dumps(changed_numbers()))
    expect_the_own_figures(page)
    page.close()
