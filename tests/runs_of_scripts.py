"""Runs of every script that many rules are about: each is made once, whoever asks first.

Where tests run side by side, in several processes, these share what they ran through files.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from processes import (
    SCRIPTS,
    Finished,
    in_one_process,
    names_in,
    script,
    small_sizes,
    temporary_files_in,
)

PATIENCE = 300  # seconds for another process to run one script
UNKNOWN = "--no-such-option"

Of = TypeVar("Of")


@dataclass
class Ran:
    """How a script ended, and the names that it left in the folder for temporary files."""

    code: int
    printed: str
    said: str
    left: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, finished: Finished, folder: Path) -> Ran:
        return cls(finished.returncode, finished.stdout, finished.stderr, sorted(names_in(folder)))

    @property
    def finished(self) -> Finished:
        return Finished([], self.code, self.printed, self.said)

    @property
    def report(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.printed, parse_constant=_refuse_constant)
        return loaded

    @property
    def is_report(self) -> bool:
        """Whether there is a report, of the form that every script's has."""
        try:
            return isinstance(self.report, dict) and self.code == 0
        except ValueError:
            return False


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


#: What a script answered, by what it was asked.
Answers = dict[str, Ran]


def sizes_of(name: str) -> list[str]:
    """Return the options of a script that are whole numbers from 1 on, from its source."""
    return re.findall(
        r'(?:add_number\(arguments, |add_argument\(\s*)"(--[\w-]+)",\s*(?:type=count\b|[\d_]+)',
        SCRIPTS[name].read_text(encoding="utf-8"),
    )


def measure(name: str, folder: Path) -> Answers:
    """Run a script at a small size, in an interpreter of its own."""
    small = [*small_sizes(name), "--json"]
    finished = script(name, *small, environment=temporary_files_in(folder), cwd=folder)
    return {"--json": Ran.of(finished, folder)}


def ask(name: str, folder: Path) -> Answers:
    """Run a script with what it refuses, in one interpreter; last it is interrupted."""
    usage = ["--help", UNKNOWN, *(f"{option}=0" for option in sizes_of(name))]
    wanted = [
        *({"arguments": [option], "how": ""} for option in usage),
        {"arguments": small_sizes(name), "how": "interrupted"},
    ]
    ended = in_one_process(name, wanted, environment=temporary_files_in(folder), cwd=folder)
    names = [*usage, "interrupted"]
    return {asked: Ran.of(one, folder) for asked, one in zip(names, ended, strict=True)}


def of_every_script(folder: Path, make: Callable[[str, Path], Answers]) -> dict[str, Answers]:
    """Make what is wanted of every script; what another process makes is waited for."""
    folder.mkdir(exist_ok=True)
    for name in _not_taken(folder, SCRIPTS):
        place = folder / f"{name}.work"
        place.mkdir()
        try:
            content: object = {asked: asdict(one) for asked, one in make(name, place).items()}
        except (AssertionError, subprocess.SubprocessError) as failed:  # for the others too
            content = str(failed)
        (folder / f"{name}.part").write_text(json.dumps(content), encoding="utf-8")
        (folder / f"{name}.part").rename(folder / f"{name}.json")
    return {name: _made(folder / f"{name}.json") for name in SCRIPTS}


def _not_taken(folder: Path, names: Iterable[str]) -> Iterable[str]:
    for name in names:
        try:
            os.close(os.open(folder / f"{name}.taken", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            continue
        yield name


def _made(path: Path) -> Answers:
    waiting = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < waiting, f"{path} does not come"
        time.sleep(0.05)
    content: Mapping[str, Any] | str = json.loads(path.read_text(encoding="utf-8"))
    assert not isinstance(content, str), content
    return {asked: Ran(**one) for asked, one in content.items()}


def offenders(of: Mapping[str, Of], faults: Callable[[str, Of], Iterator[str]]) -> list[str]:
    """Return each script that breaks a rule, and how; a fault may also be an assertion's."""
    found = []
    for name, it in of.items():
        try:
            found += [f"{name}: {fault}" for fault in faults(name, it)]
        except AssertionError as failed:
            found.append(f"{name}: {failed}")
    return found


def no_offender(of: Mapping[str, Of], faults: Callable[[str, Of], Iterator[str]]) -> None:
    found = offenders(of, faults)
    assert not found, "\n".join(found)
