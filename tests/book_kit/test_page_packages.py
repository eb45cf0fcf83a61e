"""What live cells need from npm is installed as the lock has it, or the book does without."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from book_kit import install, page_packages
from book_kit.page_packages import lacking

LOCKED: dict[str, dict[str, Any]] = {
    "": {"name": "web"},
    "node_modules/pyodide": {"integrity": "sha512-p"},
    "node_modules/@codemirror/view": {"integrity": "sha512-v"},
    "node_modules/@esbuild/linux-x64": {"integrity": "sha512-l", "optional": True},
    "node_modules/axe-core": {"integrity": "sha512-a", "dev": True},
}


def write(path: Path, packages: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"packages": packages}), encoding="utf-8")


def install_as_npm_does(web: Path, *left_out: str, **other: str) -> None:
    """Make the folders of the locked packages, and npm's note of them."""
    there = {
        path: {**package, "integrity": other.get(path.rpartition("/")[2], package["integrity"])}
        for path, package in LOCKED.items()
        if path and path.rpartition("/")[2] not in left_out
    }
    for path in there:
        (web / path).mkdir(parents=True, exist_ok=True)
    write(web / "node_modules" / ".package-lock.json", there)


@pytest.fixture
def web(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    write(folder / "package-lock.json", LOCKED)
    return folder


def test_without_anything_installed_all_that_pages_need_is_lacking(web: Path) -> None:
    assert lacking(web) == ["pyodide", "@codemirror/view"]


def test_what_is_installed_as_locked_is_not_lacking(web: Path) -> None:
    install_as_npm_does(web)
    assert lacking(web) == []


def test_neither_the_tests_packages_nor_those_of_other_systems_are_missed(web: Path) -> None:
    install_as_npm_does(web, "axe-core", "linux-x64")
    assert lacking(web) == []


def test_other_bytes_than_the_lock_has_are_lacking(web: Path) -> None:
    install_as_npm_does(web, pyodide="sha512-of-another")
    assert lacking(web) == ["pyodide"]


def test_a_package_whose_folder_is_gone_is_lacking(web: Path) -> None:
    install_as_npm_does(web)
    shutil.rmtree(web / "node_modules" / "@codemirror" / "view")
    assert lacking(web) == ["@codemirror/view"]


def test_where_there_is_no_lock_nothing_is_to_install(tmp_path: Path) -> None:
    assert lacking(tmp_path / "web") == []


def test_the_tests_packages_stay_where_they_are(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    install_as_npm_does(web, "axe-core")
    assert "--omit=dev" in (page_packages.command(web) or [])
    install_as_npm_does(web)
    assert "--omit=dev" not in (page_packages.command(web) or ["--omit=dev"])


@pytest.fixture
def project(web: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose Python packages are installed, and whose npm packages are not."""
    monkeypatch.setattr(install, "ROOT", web.parent)
    monkeypatch.setattr(install, "_missing", lambda _note, _locks: [])
    return web.parent


def called(monkeypatch: pytest.MonkeyPatch, code: int) -> list[list[str]]:
    """Have whatever is called end with this code, and collect it."""
    calls: list[list[str]] = []

    def call(command: list[str], _signals: object, **_: object) -> int:
        calls.append(command)
        return code

    monkeypatch.setattr(install, "supervise", call)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    return calls


def test_npm_is_asked_once_for_what_pages_lack(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = called(monkeypatch, 0)
    assert install.main([]) == 0
    assert [command[:5] for command in calls] == [
        ["/bin/npm", "ci", "--silent", "--prefix", str(project / "web")]
    ]
    install_as_npm_does(project / "web")
    assert install.main([]) == 0
    assert len(calls) == 1


def test_where_npm_fails_the_book_is_installed_all_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called(monkeypatch, 1)
    assert install.main([]) == 0
    assert "npm ci ended with exit code 1; going on without it" in capsys.readouterr().err


def test_without_npm_nothing_is_called(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = called(monkeypatch, 0)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert install.main([]) == 0
    assert calls == []


def test_the_project_s_own_lock_has_what_its_pages_need_and_no_address() -> None:
    own = Path(page_packages.__file__).parents[2] / "web" / "package-lock.json"
    packages = json.loads(own.read_text(encoding="utf-8"))["packages"]
    needed = {path for path, package in packages.items() if path and not package.get("dev")}
    assert {"node_modules/pyodide", "node_modules/esbuild"} <= needed
    assert "node_modules/lighthouse" not in needed
    assert all("integrity" in packages[path] for path in needed)
    assert not [path for path in packages if "resolved" in packages[path]]
