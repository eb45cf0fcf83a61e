"""Every page is valid HTML, and the book's own style sheets valid CSS, by the Nu checker."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from built_site import NODE_MODULES, SITE, lacking, moved, need_file, page_names

pytestmark = pytest.mark.site

STYLE_SHEETS = ["_static/book.css", "_static/cheat-sheet.css"]
EXCEPTIONS = Path(__file__).with_name("exceptions.toml")


def errors() -> list[str]:
    """Return what the checker says of every page and of the style sheets, a line each.

    One run for all, since most of a run is Java's start.
    """
    jar = need_file(NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")
    java = shutil.which("java")
    # macOS has a `java` that only says where to get one.
    if not java or subprocess.run([java, "-version"], capture_output=True).returncode:
        lacking("no Java runs here", remedy="install a Java runtime, 17 or later")
    # The checker goes deep; and it is done before the second compiler would be worth its while.
    machine = [java, "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    options = ["--errors-only", "--exit-zero-always", "--also-check-css", "--format", "json"]
    finished = subprocess.run(
        [*machine, "-jar", str(jar), *options, "--stdout", *page_names(), *moved(), *STYLE_SHEETS],
        cwd=SITE,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert finished.returncode == 0, finished.stderr
    return [
        f"{_name(message['url'])}, line {message.get('lastLine')}: {message['message']}  "
        + " ".join(message.get("extract", "").split())
        for message in json.loads(finished.stdout)["messages"]
    ]


def _name(url: str) -> str:
    return Path(url2pathname(urlsplit(url).path)).relative_to(SITE).as_posix()


def less_exceptions(errors: list[str]) -> list[str]:
    """Return the errors without those that are none; each exception must be needed."""
    for exception in tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))["exception"]:
        rest = [
            error
            for error in errors
            if not (error.startswith(exception["file"]) and exception["pattern"] in error)
        ]
        assert rest != errors, f"an exception that nothing needs any more: {exception}"
        errors = rest
    return errors


def test_every_exception_says_why_and_who_could_mend_it() -> None:
    data = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))
    for exception in data["exception"]:
        assert set(exception) == {"file", "pattern", "reason", "upstream"}
        assert (SITE / exception["file"]).is_file()


def test_every_page_is_valid_html_and_the_style_sheets_valid_css() -> None:
    found = less_exceptions(errors())
    assert not found, "\n".join(found)
