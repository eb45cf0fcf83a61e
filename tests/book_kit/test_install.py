"""`.venv` is of one interpreter and of one folder; what is anything else is made anew."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from book_kit import install

MADE = ["-m", "venv", "--clear"]
_LOCKS = ("requirements.txt", "tests/requirements.txt")
#: Where an environment has its interpreter.
_PYTHON = install.PYTHON.relative_to(install.PLACE)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a project in a folder of its own be installed, without asking anybody for anything."""
    (tmp_path / "tests").mkdir()
    for name in (*_LOCKS, "pyproject.toml"):
        (tmp_path / name).write_text(f"{name}\n")
    place = tmp_path / ".venv"
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "PLACE", place)
    monkeypatch.setattr(install, "PYTHON", place / _PYTHON)
    monkeypatch.setattr(install, "NOTE", place / "installed.json")
    return tmp_path


@pytest.fixture
def calls(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the programs that would be called; one that makes an environment makes a link."""
    collected: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        collected.append(command)
        if command[1:4] == MADE:
            _environment_at(Path(command[4]))
        return 0

    monkeypatch.setattr(install, "supervise", lambda command, _signals, **_: call(command))
    return collected


def _environment_at(place: Path) -> None:
    python = place / _PYTHON
    python.parent.mkdir(parents=True, exist_ok=True)
    python.unlink(missing_ok=True)
    python.symlink_to(sys.executable)


def is_made_anew(calls: list[list[str]]) -> bool:
    """Install again, and tell whether the environment was made for it."""
    calls.clear()
    assert install.main([]) == 0
    return any(call[1:4] == MADE for call in calls)


def test_what_is_installed_is_installed_once(calls: list[list[str]]) -> None:
    assert is_made_anew(calls)
    assert not is_made_anew(calls)
    assert calls == []


@pytest.mark.parametrize("part", ["interpreter", "version", "free-threading", "folder"])
def test_an_environment_of_another_interpreter_or_folder_is_made_anew(
    part: str, calls: list[list[str]]
) -> None:
    assert is_made_anew(calls)
    note = json.loads(install.NOTE.read_text())
    install.NOTE.write_text(json.dumps({**note, part: note[part] + " of another"}))
    assert is_made_anew(calls)
    assert not is_made_anew(calls)


def test_an_environment_whose_interpreter_is_gone_is_made_anew(calls: list[list[str]]) -> None:
    assert is_made_anew(calls)
    install.PYTHON.unlink()
    install.PYTHON.symlink_to(install.PLACE / "gone")
    assert is_made_anew(calls)


@pytest.mark.parametrize("note", [None, "", "{", "[]"])
def test_a_half_made_environment_is_made_anew(note: str | None, calls: list[list[str]]) -> None:
    assert is_made_anew(calls)
    if note is None:
        install.NOTE.unlink()
    else:
        install.NOTE.write_text(note)
    assert is_made_anew(calls)


def test_an_installation_that_fails_leaves_no_note_behind(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_made_anew(calls)
    install.NOTE.unlink()
    monkeypatch.setattr(install, "supervise", lambda *_args, **_options: 1)
    assert install.main([]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("nothing is installed: ")
    assert not install.NOTE.exists()


def test_another_lock_is_installed_into_the_environment_that_stands(
    calls: list[list[str]], project: Path
) -> None:
    assert is_made_anew(calls)
    (project / "requirements.txt").write_text("another\n")
    assert not is_made_anew(calls)
    assert [call for call in calls if str(project / "requirements.txt") in call]


def test_a_file_in_place_of_the_environment_is_refused_in_one_line(
    calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    install.PLACE.write_text("no folder\n")
    assert install.main([]) == 1
    assert capsys.readouterr().err == "nothing is installed: .venv is no folder; move it away\n"
    assert calls == []


def test_a_python_without_venv_is_told_what_to_install(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "find_spec", lambda _name: None)
    assert install.main([]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("comes without venv; on Debian and Ubuntu: apt install python3-venv")
    assert calls == []


def test_whoever_installs_waits_for_whoever_builds(project: Path, calls: list[list[str]]) -> None:
    holds = (
        "import sys, time; from pathlib import Path; from book_kit.turn import turn\n"
        "with turn(Path(sys.argv[1]), 'builds the book'):\n"
        "    print('held', flush=True); time.sleep(1)\n"
        "    Path(sys.argv[2]).touch()\n"
    )
    ended = project / "ended"
    command = [sys.executable, "-c", holds, str(project / "_build"), str(ended)]
    source = str(Path(install.__file__).resolve().parents[1])
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": source}
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert install.main([]) == 0
        assert ended.exists()
    assert calls


@pytest.mark.parametrize("stands", [True, False])
def test_what_only_reads_a_build_takes_an_environment_of_whichever_interpreter(
    stands: bool, calls: list[list[str]]
) -> None:
    assert is_made_anew(calls)
    note = json.loads(install.NOTE.read_text())
    note["version"] = "another"
    if not stands:
        note["folder"] = "another"
    install.NOTE.write_text(json.dumps(note))
    calls.clear()
    assert install.main(["--stands"]) == (0 if stands else 1)
    assert calls == []
