"""Run the probe on one interpreter, and make a record of its answers."""

from __future__ import annotations

import datetime
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from book_kit.recording.find import Command
from measured import probe

PROBE = Path(probe.__file__)
REPEATS = 3
_LONGEST = 600  # seconds
_LONGEST_REASON = 200  # characters
INSTRUMENT_OF_SIZES = "sys.getsizeof"

Record = dict[str, Any]


class Refusal(Exception):
    """An interpreter does not answer; the message says why, in a line."""


def sizes(command: Command) -> Record:
    """Return who the interpreter is and what it says of sizes, growth and sharing.

    Raises
    ------
    Refusal
        If the command is no Python, or too old a one.
    """
    return _ask(command, "sizes")


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
        `platform`, `build`, `recorded`, `sizes`, `growth`, `facts`, the `instruments`,
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
            made["behaviors"][job] = [_ask(command, job) for _ in range(REPEATS)]
        except Refusal as refusal:
            made["cannot"][job] = str(refusal)
    return made


def _ask(command: Command, job: str) -> Record:
    try:
        finished = subprocess.run(
            [*command, "-", job],
            input=PROBE.read_text(encoding="utf-8"),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST,
        )
    except OSError as error:
        raise Refusal(f"{command[0]}: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise Refusal(f"no answer in {_LONGEST} s") from None
    if finished.returncode != 0:
        said = finished.stderr.strip().splitlines() or [f"exit code {finished.returncode}"]
        raise Refusal(said[-1][:_LONGEST_REASON])
    try:
        answer: Record = json.loads(finished.stdout)
    except ValueError:
        raise Refusal("its answer is not JSON") from None
    return answer
