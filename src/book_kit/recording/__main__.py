"""Record what objects cost on every interpreter of this machine.

    make interpreters
    make interpreters ALSO="python3.15 'chroot /srv/sid pypy3'"

Each answer goes into book/recorded/interpreters.json; it takes the place of an older one of the
same implementation, version, build (free-threaded or not, for debugging or not), word size and
platform, and leaves the others alone.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from book_kit import project
from book_kit.evidence.quoted import BrokenFile
from book_kit.evidence.recorded import FILE, Interpreter, load
from book_kit.recording import ask
from book_kit.recording.ask import Record, Refusal
from book_kit.recording.find import Command, find, in_webassembly
from measured.files import whole_file


def main(arguments: list[str] | None = None) -> int:
    """Find, ask and write; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="interpreters",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "also", nargs="*", metavar="COMMAND", help="a command that starts one more interpreter"
    )
    parser.add_argument("--only", action="store_true", help="ask those that are named, no others")
    parser.add_argument(
        "--file", type=Path, default=project.recorded(FILE), help="where the record is kept"
    )
    options = parser.parse_args(arguments)
    try:
        kept = load(options.file) if options.file.exists() else []
        commands = [_command(word) for word in options.also]
    except (BrokenFile, Refusal) as refused:
        print(f"interpreters: {refused}", file=sys.stderr)
        return 1
    if not options.only:
        commands += find()
        if in_webassembly() is None:
            _say("no 32-bit CPython: it needs Node, and npm ci --prefix web")
    try:
        recorded = []
        for answer in _ask_all(commands):  # kept one by one: an interruption loses only the last
            recorded.append(Interpreter(answer))
            with whole_file(options.file, "w", encoding="utf-8") as f:
                f.write(_written(_merged(kept, recorded)))
    except KeyboardInterrupt:
        print("interpreters: interrupted; what was complete is kept", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"interpreters: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    if not recorded:
        print("interpreters: no interpreter answered; name one as COMMAND", file=sys.stderr)
        return 1
    _say(f"{len(recorded)} recorded in {options.file.name}")
    return 0


def _ask_all(commands: list[Command]) -> Iterator[Record]:
    asked = set()
    for command in commands:
        shown = shlex.join(command)
        try:
            answer = ask.sizes(command)
        except Refusal as refusal:
            _say(f"{shown}: left out, {refusal}")
            continue
        one = Interpreter(answer)
        if one.identity in asked:
            continue  # the same interpreter by another name
        asked.add(one.identity)
        _say(f"{one.name}, {answer['bits']} bits, {answer['platform']}: {shown}")
        yield ask.record(command, answer, lambda job: _say(f"    {job}"))


def _command(word: str) -> Command:
    try:
        return tuple(shlex.split(word))
    except ValueError as error:
        raise Refusal(f"the COMMAND {word!r} is broken: {error}") from None


def _merged(kept: list[Interpreter], recorded: list[Interpreter]) -> list[Interpreter]:
    by_identity = {one.identity: one for one in [*kept, *recorded]}
    return sorted(by_identity.values(), key=lambda one: one.place)


def _written(records: list[Interpreter]) -> str:
    contents = [one.content for one in records]
    return json.dumps(contents, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
