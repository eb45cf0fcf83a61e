"""A build whose npm packages are missing has no live cells, and says so; one that has them does."""

from __future__ import annotations

import json
import shutil

import built_site
import pytest
from small_book import SmallBook

LIVE = "_build/html/_static/live"
_NOT_LIVE = "```{code-cell}\n:not_live: it starts a process\nprint('a process')\n```\n"
_DIFFERS = '```{code-cell}\n:differs: "Bits: there are 32."\nprint(64)\n```\n'


def with_packages(book: SmallBook) -> None:
    """Give a book what npm has installed for this project."""
    built_site.need_file(built_site.NODE_MODULES / "esbuild" / "package.json")
    web = book.folder / "web"
    shutil.copytree(built_site.ROOT / "web", web, ignore=shutil.ignore_patterns("node_modules"))
    (web / "node_modules").symlink_to(built_site.NODE_MODULES, target_is_directory=True)


def test_without_packages_the_build_says_so_and_leaves_the_live_parts_out(
    small_book: SmallBook,
) -> None:
    small_book.append("book/pears.md", _DIFFERS)
    build = small_book.build("--strict")
    assert build.code == 0, build.said
    assert build.said.count("no live cells in this build: npm has not installed pyodide") == 1
    assert "live.js" not in build.html["pears"]
    assert not (small_book.folder / LIVE / "pyodide").exists()
    assert not (small_book.folder / LIVE / "editor.js").exists()


def test_without_node_the_packages_alone_do_not_do(
    small_book: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_packages(small_book)
    tools = small_book.folder / "tools"
    tools.mkdir()
    for name in ("git", "uname"):
        found = shutil.which(name)
        if found:
            (tools / name).symlink_to(found)
    build = small_book.build("--strict", variables={"PATH": str(tools)})
    assert build.code == 0, build.said
    assert "no live cells in this build: npm has not installed Node" in build.said


def test_with_packages_a_page_has_what_its_cells_need_and_no_other_page_has(
    small_book: SmallBook,
) -> None:
    with_packages(small_book)
    small_book.append("book/pears.md", _DIFFERS)
    small_book.append("book/basket.md", _NOT_LIVE)
    build = small_book.build("--strict")
    assert build.code == 0, build.said
    assert "no live cells" not in build.said
    page = build.html["pears"]
    assert page.count("live.js") == 1
    assert '<data class="differs" value="Bits: there are 32."></data>' in page
    assert "plain-cell not-live" in build.html["basket"]
    live = small_book.folder / LIVE
    installed = built_site.NODE_MODULES / "pyodide"
    for path in (live / "pyodide").iterdir():
        assert path.read_bytes() == (installed / path.name).read_bytes(), path.name
    told = json.loads((live / "build.json").read_text(encoding="utf-8"))
    assert told["python"].startswith("CPython 3.") and told["size"].endswith("MiB")
    assert "export" in (live / "editor.js").read_text(encoding="utf-8")
    assert (live / "editor.js").stat().st_size < 500_000


def test_packages_that_differ_from_the_lock_are_not_used(small_book: SmallBook) -> None:
    with_packages(small_book)
    lock = small_book.folder / "web" / "package-lock.json"
    content = json.loads(lock.read_text(encoding="utf-8"))
    content["packages"]["node_modules/pyodide"]["integrity"] = "sha512-of-another"
    lock.write_text(json.dumps(content), encoding="utf-8")
    build = small_book.build("--strict")
    assert build.code == 0, build.said
    assert "no live cells in this build: npm has not installed pyodide" in build.said
