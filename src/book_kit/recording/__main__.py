"""Record what objects cost on every interpreter of this machine.

    make interpreters
    make interpreters ALSO="python3.15 'chroot /srv/sid pypy3'"

Each answer goes into book/recorded/interpreters.json; it takes the place of an older one of the
same implementation, version, word size and platform, and leaves the others alone.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from book_kit import project
from book_kit.recording import ask
from book_kit.recording.ask import Record, Refusal
from book_kit.recording.find import Command, find, in_webassembly
from measured.files import whole_file

FILE = "interpreters.json"
_IMPLEMENTATIONS = ["CPython", "PyPy"]


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
        kept = json.loads(options.file.read_text(encoding="utf-8")) if options.file.exists() else []
        commands = [tuple(shlex.split(word)) for word in options.also]
    except ValueError as error:
        print(f"interpreters: {options.file.name} or a COMMAND is broken: {error}", file=sys.stderr)
        return 1
    if not options.only:
        commands += find()
        if in_webassembly() is None:
            _say("no 32-bit CPython: it needs Node, and npm ci --prefix web")
    try:
        recorded = []
        for answer in _ask_all(commands):  # kept one by one: an interruption loses only the last
            recorded.append(answer)
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
        key = _key(answer)
        if key in asked:
            continue  # the same interpreter by another name
        asked.add(key)
        _say(f"{' '.join(map(str, key))}: {shown}")
        yield ask.record(command, answer, lambda job: _say(f"    {job}"))


def _merged(kept: list[Record], recorded: list[Record]) -> list[Record]:
    by_key = {_key(one): one for one in [*kept, *recorded]}
    return sorted(by_key.values(), key=_place)


def _key(one: Record) -> tuple[object, ...]:
    return one["implementation"], one["version"], one["bits"], one["platform"]


def _place(one: Record) -> tuple[object, ...]:
    numbers = tuple(int(part) for part in one["version"].split(".")[:2])
    known = one["implementation"] in _IMPLEMENTATIONS
    place = _IMPLEMENTATIONS.index(one["implementation"]) if known else len(_IMPLEMENTATIONS)
    return place, -one["bits"], numbers, one["version"], one["platform"]


def _written(records: list[Record]) -> str:
    return json.dumps(records, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
