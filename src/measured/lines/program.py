"""Run a program as `python SCRIPT` and `python -m MODULE` run it, with its lines measured."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, SourceFileLoader
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
        self.name = name
        self._spec: ModuleSpec | None = None
        sys.argv = [name, *arguments]
        if as_module:
            sys.path[0] = os.getcwd()
            self._find(name, main_of_package=True)
            sys.argv[0] = self.file
        elif Path(name).is_file() and not _is_archive(name):
            sys.path[0] = str(Path(name).resolve().parent)
            self.file = name
            self.source = self._read(name)
        elif Path(name).exists():
            sys.path[0] = name
            self._find("__main__", main_of_package=False)
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
        sys.modules["__main__"] = module
        try:
            exec(compile_source(self.source, self.file), vars(module))
        except SystemExit:
            raise
        except BaseException as error:
            _as_if_alone(error)

    def _find(self, name: str, *, main_of_package: bool) -> None:
        try:
            spec = importlib.util.find_spec(name)
            if spec is not None and spec.submodule_search_locations is not None and main_of_package:
                spec = importlib.util.find_spec(f"{name}.__main__")
        except (ImportError, AttributeError, ValueError) as error:
            raise CannotRun(f"cannot find module {name}: {error}") from None
        if spec is None or spec.origin is None:
            raise CannotRun(
                f"no module named {name}" if main_of_package else f"{self.name} has no __main__.py"
            )
        get_source = getattr(spec.loader, "get_source", None)
        text = get_source(spec.name) if get_source is not None else None
        if text is None:
            raise CannotRun(f"the source of {name} is not to be had")
        self._spec, self.file, self.source = spec, spec.origin, text.encode()

    def _read(self, name: str) -> bytes:
        try:
            return Path(name).read_bytes()
        except OSError as error:
            raise CannotRun(f"can't read {name!r}: {error.strerror}") from None


def _is_archive(name: str) -> bool:
    import zipfile

    return zipfile.is_zipfile(name)


def _as_if_alone(error: BaseException) -> NoReturn:
    """Raise an exception on, and have it shown without the frames that are not the program's."""
    own = _without_ours(error.__traceback__)
    shown = sys.excepthook

    def hook(kind: Any, value: BaseException, traceback: TracebackType | None) -> None:
        value = value.with_traceback(own) if value is error else value
        shown(kind, value, own if value is error else traceback)

    sys.excepthook = hook
    raise error


def _without_ours(traceback: TracebackType | None) -> TracebackType | None:
    """Return a traceback from where the program begins."""
    while traceback is not None and traceback.tb_frame.f_globals.get("__name__") == __name__:
        traceback = traceback.tb_next
    return traceback
