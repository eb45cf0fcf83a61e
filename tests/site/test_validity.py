"""Every page is valid HTML, and the book's own style sheet valid CSS, by the Nu checker."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from built_site import NODE_MODULES, SITE, lacking, need_file, page_names

pytestmark = pytest.mark.site

EXCEPTIONS = Path(__file__).with_name("exceptions.toml")


@pytest.fixture(scope="module")
def checker() -> list[str]:
    jar = need_file(NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")
    java = shutil.which("java")
    # macOS has a `java` that only says where to get one.
    if not java or subprocess.run([java, "-version"], capture_output=True).returncode:
        lacking("no Java runs here", remedy="install a Java runtime, 17 or later")
    return [java, "-jar", str(jar), "--errors-only", "--format", "json", "--stdout"]


def errors(checker: list[str], *arguments: str | Path) -> list[str]:
    """Return what the checker says of files, a line each, less the exceptions for these files."""
    files = [str(argument) for argument in arguments if isinstance(argument, Path)]
    finished = subprocess.run(
        [*checker, "--exit-zero-always", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert finished.returncode == 0, finished.stderr
    found = [
        f"{message['url'].partition(SITE.name + '/')[2]}:{message.get('lastLine')}: "
        f"{message['message']}  {' '.join(message.get('extract', '').split())}"
        for message in json.loads(finished.stdout)["messages"]
    ]
    data = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))
    for exception in data["exception"]:
        if not any(file.endswith(exception["file"]) for file in files):
            continue
        rest = [
            line
            for line in found
            if not (line.startswith(exception["file"]) and exception["pattern"] in line)
        ]
        assert rest != found, f"an exception that nothing needs any more: {exception}"
        found = rest
    return found


def test_every_exception_says_why_and_who_could_mend_it() -> None:
    data = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))
    for exception in data["exception"]:
        assert set(exception) == {"file", "pattern", "reason", "upstream"}
        assert (SITE / exception["file"]).is_file()


def test_every_page_is_valid_html(checker: list[str]) -> None:
    found = errors(checker, *(SITE / name for name in page_names()))
    assert not found, "\n".join(found)


def test_the_style_sheet_is_valid_css(checker: list[str]) -> None:
    found = errors(checker, "--css", SITE / "_static" / "book.css")
    assert not found, "\n".join(found)
