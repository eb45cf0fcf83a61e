"""Run a script of the book with one command line after another, in one interpreter.

    python in_one_process.py SCRIPT '[{"arguments": ["--help"], "how": ""}, …]'

To start an interpreter and to import a script's libraries takes longer than most refusals do.  For
each command line one line of JSON says how the script ended, and what it wrote to its two streams.
`how` is empty, or `interrupted` where the script interrupts itself when it keeps its first figure;
nothing may follow that.
"""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import interrupted


def main(script: str, asked: str) -> None:
    with os.fdopen(os.dup(1), "w", encoding="ascii") as answers:
        sys.path[0] = str(Path(script).parent)
        for one in json.loads(asked):
            print(json.dumps(answer(script, **one)), file=answers, flush=True)


def answer(script: str, arguments: list[str], how: str) -> dict[str, object]:
    """Run the script once; return its exit code and what it wrote."""
    sys.argv = [script, *arguments]
    if how == "interrupted":
        interrupted.watch("at-first-figure")
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        with written_to(printed, sys.stdout), written_to(said, sys.stderr):
            code = exit_code(script)
        return {"code": code, "printed": text_of(printed), "said": text_of(said)}


def exit_code(script: str) -> int:
    """Run the script, and end as the interpreter would have ended."""
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    return 0


@contextlib.contextmanager
def written_to(file: IO[bytes], stream: IO[str]) -> Iterator[None]:
    """Let what is written to a stream go to a file, whoever in this process writes it."""
    before = os.dup(stream.fileno())
    os.dup2(file.fileno(), stream.fileno())
    try:
        yield
    finally:
        stream.flush()
        os.dup2(before, stream.fileno())
        os.close(before)


def text_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
