"""One measured run of a program, from its command line to its table."""

from __future__ import annotations

import atexit
import builtins
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import CodeType

from measured import early_interrupt
from measured.command import Failure
from measured.files import whole_file
from measured.lines.marking import uses_decorator
from measured.lines.page import page
from measured.lines.profiler import Profiler
from measured.lines.program import CannotRun, Program
from measured.lines.tables import Report

#: Modules that a program finds imported when it runs alone.
_AT_THE_START = frozenset(early_interrupt.IMPORTED_BEFORE)


def run(
    name: str,
    arguments: list[str],
    *,
    as_module: bool,
    files: Mapping[str, str],
    wrong: Callable[[str], None],
) -> None:
    """Run a program, and say what its lines took once it has ended.

    Parameters
    ----------
    name, arguments, as_module
        As for `measured.lines.program.Program`.
    files
        Where the report goes besides standard error, by option: `--json`, `--html`.  JSON may go to
        `-`: one line on standard error, in the place of the table.
    wrong
        What ends this command where it cannot do what it was asked.
    """
    files = dict(files)
    instead = files.get("--json") == "-" and files.pop("--json")
    for option, file in files.items():
        try:
            if not Path(file).resolve().parent.is_dir() or Path(file).is_dir():
                wrong(f"{option}: no file {file} can be made")
        except OSError as error:
            wrong(f"{option}: {file}: {error.strerror}")
    targets = {option: Path(file).absolute() for option, file in files.items()}
    profiler = Profiler()  # now, before modules of the program may hide others
    known = set(sys.modules)
    try:
        program = Program(name, arguments, as_module=as_module)
    except CannotRun as reason:
        wrong(str(reason))
        return
    _give_way(program.file, known)
    # Registered first, so it is called last: after the threads and all that the program registers.
    atexit.register(_tell, profiler, program.name, targets, as_json=bool(instead))
    builtins.profile = profiler.profile  # type: ignore[attr-defined]

    def compile_source(source: bytes, file: str) -> CodeType:
        if uses_decorator(source, file, "profile"):
            return compile(source, file, "exec", dont_inherit=True)
        return profiler.module(source, file)

    try:
        program.run(compile_source)
    finally:
        profiler.end()


def _give_way(program: str, known: set[str]) -> None:
    """Let a program have its own modules by names of the standard library that we have imported."""
    names = {path.name.partition(".")[0] for path in Path(program).parent.glob("*.py")}
    for name in names & known - _AT_THE_START:
        if name != "measured":
            del sys.modules[name]


def _tell(profiler: Profiler, program: str, files: Mapping[str, Path], *, as_json: bool) -> None:
    if not profiler.is_of_this_process():
        return
    report = profiler.report(program)
    profiler.close()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    text = f"{json.dumps(report.as_json(), allow_nan=False)}\n" if as_json else f"\n{report}"
    _say(text)
    for option, file in files.items():
        try:
            _write(report, option, file)
        except (OSError, Failure) as error:
            _say(f"measured: {file}: {getattr(error, 'strerror', None) or error}\n")


def _say(text: str) -> None:
    """Write to the standard error that the process began with, if it is still there."""
    stream = sys.__stderr__
    with suppress(OSError, ValueError):
        if stream is not None:
            stream.write(_for(stream.encoding, text))


def _write(report: Report, option: str, file: Path) -> None:
    if option == "--json":
        text = json.dumps(report.as_json(), indent=1, allow_nan=False) + "\n"
    else:
        text = page(report)
    content = text.encode("utf-8", "backslashreplace")
    if file.exists() and not file.is_file():  # a device or a pipe
        file.write_bytes(content)
        return
    with whole_file(file) as written:
        written.write(content)


def _for(encoding: str, text: str) -> str:
    """Return a text as a stream of this encoding can take it."""
    return text.encode(encoding or "ascii", "backslashreplace").decode(encoding or "ascii")
