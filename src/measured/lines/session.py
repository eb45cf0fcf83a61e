"""One measured run of a program, from its command line to its table."""

from __future__ import annotations

import atexit
import builtins
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType

from measured.lines.marking import uses_decorator
from measured.lines.profiler import Profiler
from measured.lines.program import CannotRun, Program
from measured.lines.tables import Report


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
        if not Path(file).resolve().parent.is_dir() or Path(file).is_dir():
            wrong(f"{option}: no file {file} can be made")
    try:
        program = Program(name, arguments, as_module=as_module)
    except CannotRun as reason:
        wrong(str(reason))
        return
    profiler = Profiler()
    # Registered first, so it is called last: after the threads and all that the program registers.
    atexit.register(_tell, profiler, program.name, files, as_json=bool(instead))
    builtins.profile = profiler.profile  # type: ignore[attr-defined]

    def compile_source(source: bytes, file: str) -> CodeType:
        if uses_decorator(source, file, "profile"):
            return compile(source, file, "exec", dont_inherit=True)
        return profiler.module(source, file)

    try:
        program.run(compile_source)
    finally:
        profiler.end()


def _tell(profiler: Profiler, program: str, files: Mapping[str, str], *, as_json: bool) -> None:
    if not profiler.is_of_this_process():
        return
    report = profiler.report(program)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if sys.stderr is not None:
        text = f"{json.dumps(report.as_json(), allow_nan=False)}\n" if as_json else f"\n{report}"
        sys.stderr.write(_for(sys.stderr.encoding, text))
    for option, file in files.items():
        try:
            _write(report, option, Path(file))
        except OSError as error:
            sys.stderr.write(f"measured: {file}: {error.strerror}\n")


def _write(report: Report, option: str, file: Path) -> None:
    from measured.files import whole_file

    if option == "--json":
        text = json.dumps(report.as_json(), indent=1, allow_nan=False) + "\n"
    else:
        from measured.lines.page import page

        text = page(report)
    with whole_file(file) as written:
        written.write(text.encode())


def _for(encoding: str, text: str) -> str:
    """Return a text as a stream of this encoding can take it."""
    return text.encode(encoding or "ascii", "backslashreplace").decode(encoding or "ascii")
