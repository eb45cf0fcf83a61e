"""Make the environment in `.venv`: this interpreter, and exactly what the locks say.

    PYTHONPATH=src python -m book_kit.install [--tests] [--bench] [--stands]

It needs nothing but the standard library.  A note in `.venv` says what is installed there: which
interpreter it comes from, for which folder, and which locks.  An environment of another
interpreter or of another folder, and one without such a note, is made anew; another lock is
installed into the one that is there.  What live cells need comes from npm, where there is one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from book_kit import page_packages
from book_kit.reasons import failed, reason_of
from book_kit.supervisor import Interrupted, Signals, supervise
from book_kit.turn import turn

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".venv"
PYTHON = PLACE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NOTE = PLACE / "installed.json"
_BOOK, _TESTS, _BENCH = "requirements.txt", "tests/requirements.txt", "bench/requirements.txt"

Note = dict[str, str]
Call = Callable[[list[str]], None]


class NotInstalled(Exception):
    """The environment could not be made; the message says why and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Make the environment what it should be, and return the exit code."""
    parser = argparse.ArgumentParser(prog="book_kit.install", allow_abbrev=False)
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--bench", action="store_true", help="also what `make bench` compares with")
    parser.add_argument(
        "--stands",
        action="store_true",
        help="install nothing; exit code 0 if there is an environment, of whichever interpreter",
    )
    options = parser.parse_args(arguments)
    if options.stands:
        return 0 if _stands(_note()) and _runs() else 1
    locks = [_BOOK, *([_TESTS] * options.tests), *([_BENCH] * options.bench)]
    try:
        if _missing(_installed(), locks):
            with Signals() as signals:
                _install(locks, signals)
        if page_packages.lacking(ROOT / "web"):
            with Signals() as signals:
                _install_page_packages(signals)
    except Interrupted as interrupted:
        return failed(interrupted, interrupted.exit_code)
    except (NotInstalled, OSError) as error:
        return failed(f"nothing is installed: {reason_of(error)}")
    return 0


def _install(locks: list[str], signals: Signals) -> None:
    """Install what is missing, once nobody else installs or builds here."""
    if PLACE.exists() and not PLACE.is_dir():
        raise NotInstalled(f"{PLACE.name} is no folder; move it away")
    with ExitStack() as stack:
        with signals.raised():
            held = stack.enter_context(turn(ROOT / "_build", "installs into .venv"))
        note = _installed()
        missing = _missing(note, locks)
        if not missing:
            return
        NOTE.unlink(missing_ok=True)  # what is half done is no environment
        call = partial(_call, signals, held)
        if not _is_of(note, identity()):
            note = identity()
            _make(call)
        for lock in missing:
            _install_lock(lock, call)
            note[lock] = _digest(lock)
        NOTE.write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")


def _install_page_packages(signals: Signals) -> None:
    """Have npm install what live cells need; without it the book is built all the same."""
    web = ROOT / "web"
    command = page_packages.command(web)
    if command is None:
        return
    with ExitStack() as stack:
        with signals.raised():
            held = stack.enter_context(turn(ROOT / "_build", "has npm install for the pages"))
        if not page_packages.lacking(web):
            return
        print("installing what live cells need, from npm", file=sys.stderr)
        code = supervise(command, signals, lock=held)
    if code:
        print(f"npm ci ended with exit code {code}; going on without it", file=sys.stderr)


def identity() -> Note:
    """Return what makes an environment this one: the interpreter, whole, and the folder."""
    # In an environment this is the interpreter that it was made from.
    interpreter = getattr(sys, "_base_executable", None) or sys.executable
    return {
        "interpreter": os.path.realpath(interpreter),
        "version": sys.version,
        "free-threading": str(bool(sysconfig.get_config_var("Py_GIL_DISABLED"))),
        "folder": str(ROOT),
    }


def _note() -> Note:
    try:
        note = json.loads(NOTE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _is_of(note: Note, wanted: Note) -> bool:
    return all(note.get(name) == value for name, value in wanted.items())


def _installed() -> Note:
    """Return what is installed, which is nothing where the interpreter does not start."""
    return _note() if _runs() else {}


def _stands(note: Note) -> bool:
    return note.get("folder") == str(ROOT) and _BOOK in note


def _missing(note: Note, locks: list[str]) -> list[str]:
    """Return the locks that are not installed as they are now."""
    if not _is_of(note, identity()):
        return locks
    return [lock for lock in locks if note.get(lock) != _digest(lock)]


def _digest(lock: str) -> str:
    total = hashlib.sha256((ROOT / lock).read_bytes())
    total.update((ROOT / "pyproject.toml").read_bytes())
    return total.hexdigest()


def _runs() -> bool:
    """Return whether the environment has an interpreter that starts."""
    try:
        return subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def _make(call: Call) -> None:
    if not (find_spec("venv") and find_spec("ensurepip")):
        raise NotInstalled(
            f"{sys.executable} comes without venv; on Debian and Ubuntu: apt install python3-venv"
        )
    print("making the environment in .venv", file=sys.stderr)
    call([sys.executable, "-m", "venv", "--clear", str(PLACE)])


def _install_lock(lock: str, call: Call) -> None:
    print(f"installing {lock} (a minute, the first time)", file=sys.stderr)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    call([*pip, "--require-hashes", "--requirement", str(ROOT / lock)])
    if lock == _BOOK:
        call([*pip, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)])


def _call(signals: Signals, held: IO[str], command: list[str]) -> None:
    # What finds this module, and what an activated environment sets, is not for what is made here.
    foreign = ("PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")
    code = supervise(command, signals, without=foreign, lock=held)
    if code != 0:
        raise NotInstalled(
            "the reason stands above; `make book` begins anew, "
            "with PYTHON=python3.12 or the like from another interpreter"
        )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
