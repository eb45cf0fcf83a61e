"""How the weight and the scores of pages are measured."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pages
import pytest


def test_a_bench_without_a_browser_says_in_a_line_what_it_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "index.html").touch()
    monkeypatch.setattr(pages, "SITE", tmp_path)
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    pages.main()
    (said,) = capsys.readouterr().out.splitlines()
    assert "for want of" in said
    assert "Chromium" in said


def test_a_bench_without_pages_says_how_they_are_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(pages, "SITE", tmp_path)
    pages.main()
    assert "make book" in capsys.readouterr().out


def test_pages_are_served_as_hosts_do(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("word " * 1000)
    with pages.served(tmp_path) as address:
        with urlopen(Request(f"{address}page.html?v=1")) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert "max-age" in answer.headers["Cache-Control"]
            assert gzip.decompress(answer.read()) == b"word " * 1000
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{address}none.html")


def test_what_a_visit_took_is_read_from_the_report() -> None:
    asked = [("http://127.0.0.1/a", 1000), ("http://127.0.0.1/b", 24), ("data:image/svg+xml", 0)]
    items = [{"url": url, "transferSize": size} for url, size in asked]
    report = {
        "audits": {"network-requests": {"details": {"items": items}}},
        "environment": {"benchmarkIndex": 1500.0},
        "categories": {name: {"score": 0.5} for name in pages.CATEGORIES},
    }
    assert pages.Visit.from_report(report) == pages.Visit(1024, 2, (0.5, 0.5, 0.5, 0.5), 1500.0)


def test_the_default_book_has_the_words_of_the_chapter_without_what_it_does_not_know() -> None:
    text = "A {term}`heap` of {measured}`x.peak`.\n```{classic} T2\n```\n```{code-cell}\n1\n```\n"
    assert pages.plain(text) == "A heap of x.peak.\n```{code-cell}\n1\n```\n"
