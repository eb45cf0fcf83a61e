"""Run the probe on one interpreter, and make a record of its answers."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from book_kit.evidence.recorded import Interpreter, problem, runs_problem, version_order
from book_kit.recording.find import Command
from measured import probe

PROBE = Path(probe.__file__)
REPEATS = 3
_LONGEST = 600  # seconds
_LONGEST_REASON = 200  # characters
INSTRUMENT_OF_SIZES = "sys.getsizeof"
#: How variables begin that change what an interpreter answers; it is asked without them.
_CHANGING = ("PYTHON", "PYPY", "MALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD")

#: From 3.4 to 3.7.3 the collector's header was of three words; bpo-27987 brought a fourth.
_PATCHED_HEADER = (
    "built with the patches of bpo-27987, which CPython has from 3.7.4 on: each collected object "
    "is 8 bytes larger than on the build of python.org, and blocks are aligned to 16 bytes, not 8"
)
_LIST_WITHOUT_HEADER = 40  # bytes, on 64 bits

Record = dict[str, Any]


class Refusal(Exception):
    """An interpreter does not answer; the message says why, in a line."""


def sizes(command: Command) -> Record:
    """Return who the interpreter is and what it says of sizes, growth and sharing.

    Its `note` says how the build differs from that of python.org, where the answer shows it.

    Raises
    ------
    Refusal
        If the command is no Python, or too old a one.
    """
    answer = _ask(command, "sizes")
    wrong = problem({**answer, "recorded": "", "instruments": {}, "behaviors": {}})
    if wrong:
        raise Refusal(f"its answer is not the probe's: {wrong}")
    note = _note(answer)
    return {**answer, "note": note} if note else answer


def _note(answer: Record) -> str:
    one = Interpreter(answer)
    order = version_order(answer["version"])
    empty = answer["sizes"].get("[]")
    before_the_patches = one.is_usual_cpython and (3, 4) <= order < version_order("3.7.4a0")
    patched = before_the_patches and empty == _LIST_WITHOUT_HEADER + 4 * 8
    return _PATCHED_HEADER if patched else ""


def record(command: Command, answer: Record, say: Callable[[str], None]) -> Record:
    """Ask for all the rest, and say where and when it was asked.

    Parameters
    ----------
    command
        What starts the interpreter.
    answer
        What `sizes` returned for it.
    say
        Told of each part as it begins; the long ones take a minute.

    Returns
    -------
    dict
        As `book/recorded/interpreters.json` has it: `implementation`, `version`, `bits`,
        `platform`, `build`, `note`, `recorded`, `sizes`, `growth`, `facts`, the `instruments`,
        `behaviors` (for each job its runs, in MiB) and in `cannot` what is missing, with the
        reason.
    """
    made = dict(answer)
    made["recorded"] = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    made["instruments"] = {"sizes": INSTRUMENT_OF_SIZES, "behaviors": probe.INSTRUMENT_OF_BEHAVIORS}
    made["behaviors"] = {}
    made.setdefault("cannot", {})
    for job in probe.STEPS:
        if not made["platform"].startswith("linux"):
            made["cannot"][job] = "needs Linux"
            continue
        say(job)
        try:
            made["behaviors"][job] = _runs(command, job)
        except Refusal as refusal:
            made["cannot"][job] = str(refusal)
    return made


def _runs(command: Command, job: str) -> list[Record]:
    runs = [_ask(command, job) for _ in range(REPEATS)]
    wrong = runs_problem(job, runs)
    if wrong:
        raise Refusal(wrong)
    return runs


def _ask(command: Command, job: str) -> Record:
    try:
        finished = subprocess.run(
            [*command, "-", job],
            input=PROBE.read_text(encoding="utf-8"),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST,
            env={k: v for k, v in os.environ.items() if not k.startswith(_CHANGING)},
        )
    except OSError as error:
        raise Refusal(f"{command[0]}: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise Refusal(f"no answer in {_LONGEST} s") from None
    if finished.returncode != 0:
        said = finished.stderr.strip().splitlines() or [f"exit code {finished.returncode}"]
        raise Refusal(said[-1][:_LONGEST_REASON])
    try:
        answer = json.loads(finished.stdout)
    except ValueError:
        raise Refusal("its answer is not JSON") from None
    if not isinstance(answer, dict):
        raise Refusal("its answer is no object")
    return answer
