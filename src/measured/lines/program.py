"""Run a program as `python SCRIPT` and `python -m MODULE` run it, with its lines measured."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType, TracebackType
from typing import Any, NoReturn


class CannotRun(Exception):
    """A program that cannot be started; the text is one line that says why."""


Compile = Callable[[bytes, str], CodeType]


class Program:
    """A program that is found, read, and ready to run.

    Parameters
    ----------
    name
        A script, a folder or an archive with a `__main__.py`; or, with `as_module`, the name of a
        module.
    arguments
        What follows it on its command line.
    as_module
        Whether it is a module.

    Attributes
    ----------
    name
        As given.
    file, source
        The file of its code, and what stands in it.

    Raises
    ------
    CannotRun
        If there is no such program, or it is not to be read.
    """

    def __init__(self, name: str, arguments: list[str], *, as_module: bool) -> None:
        self.name = self.file = name
        self._spec: ModuleSpec | None = None
        sys.argv = [name, *arguments]
        if as_module:
            sys.path[0] = str(Path.cwd())
            self._find_module(name)
            sys.argv[0] = self.file
        elif Path(name).is_file() and not _is_archive(name):
            sys.path[0] = str(Path(name).resolve().parent)
            self.source = self._read(name)
        elif Path(name).exists():
            sys.path[0] = str(Path(name).absolute())
            found = PathFinder.find_spec("__main__", sys.path[:1])
            self._use(found, f"{name} has no __main__.py")
        else:
            raise CannotRun(f"can't open file {name!r}: no such file")

    def run(self, compile_source: Compile) -> None:
        """Compile it and run it as `__main__`; what it raises passes through."""
        module = ModuleType("__main__")
        spec = self._spec
        vars(module).update(
            __file__=self.file,
            __builtins__=sys.modules["builtins"],
            __spec__=spec,
            __package__=spec.parent if spec else None,
            __loader__=spec.loader if spec else SourceFileLoader("__main__", self.file),
            __cached__=None,
        )
        if sys.version_info < (3, 14):
            module.__annotations__ = {}
        sys.modules["__main__"] = module
        try:
            code = compile_source(self.source, self.file)
        except (SyntaxError, ValueError) as error:
            _as_if_alone(error, None)
        try:
            exec(code, vars(module))
        except SystemExit:
            raise
        except BaseException as error:
            _as_if_alone(error, error.__traceback__ and error.__traceback__.tb_next)

    def _find_module(self, name: str) -> None:
        try:
            spec = importlib.util.find_spec(name)
            if spec is not None and spec.submodule_search_locations is not None:
                spec = importlib.util.find_spec(f"{name}.__main__")
        except (ImportError, AttributeError, ValueError) as error:
            raise CannotRun(f"cannot find module {name}: {error}") from None
        self._use(spec, f"no module named {name}, or it cannot be run")

    def _use(self, spec: ModuleSpec | None, reason: str) -> None:
        if spec is None or spec.origin is None:
            raise CannotRun(reason)
        get_source = getattr(spec.loader, "get_source", None)
        text = get_source(spec.name) if get_source is not None else None
        if text is None:
            raise CannotRun(f"{spec.origin} has no source that could be read")
        self._spec, self.file, self.source = spec, spec.origin, text.encode()

    def _read(self, name: str) -> bytes:
        try:
            return Path(name).read_bytes()
        except OSError as error:
            raise CannotRun(f"can't read {name!r}: {error.strerror}") from None


def _is_archive(name: str) -> bool:
    import zipfile

    return zipfile.is_zipfile(name)


def _as_if_alone(error: BaseException, own: TracebackType | None) -> NoReturn:
    """Raise an exception on, and have it shown with the program's own traceback."""
    shown = sys.excepthook

    def hook(kind: Any, value: BaseException, traceback: TracebackType | None) -> None:
        if value is error:
            value, traceback = value.with_traceback(own), own
        shown(kind, value, traceback)

    sys.excepthook = hook
    raise error
