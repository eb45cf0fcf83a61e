"""Run a program as `python SCRIPT` and `python -m MODULE` run it, with its lines measured."""

from __future__ import annotations

import importlib
import importlib.util
import os
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
        try:
            self._find(name, as_module)
        except OSError as error:  # such as a name that is too long
            raise CannotRun(f"can't open file {name!r}: {error.strerror}") from None

    def _find(self, name: str, as_module: bool) -> None:
        path = Path(name)
        if as_module:
            sys.path.insert(0, str(Path.cwd()))
            self._find_module(name)
            sys.argv[0] = self.file
        elif path.suffix == ".pyc":
            raise CannotRun(f"{name} is compiled; give its source")
        elif path.exists() and not path.is_dir() and not _is_archive(name):
            sys.path.insert(0, str(path.resolve().parent))
            self.file = os.path.join(Path.cwd(), name)  # noqa: PTH118  as Python has it, with its dots
            self.source = self._read(name)
        elif path.exists():
            sys.path.insert(0, str(path.absolute()))
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
        package, _, _ = name.rpartition(".")
        if package:
            self._import(package)
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, AttributeError, ValueError) as error:
            raise CannotRun(f"cannot find module {name}: {error}") from None
        if spec is not None and spec.submodule_search_locations is not None:
            self._import(name)
            spec = importlib.util.find_spec(f"{name}.__main__")
        self._use(spec, f"no module named {name}, or it cannot be run")

    def _import(self, package: str) -> None:
        """Import a package; what its own code raises is the program's."""
        try:
            importlib.import_module(package)
        except ImportError as error:
            missing = error.name or ""
            if missing == package or package.startswith(f"{missing}."):
                raise CannotRun(f"cannot find module {self.name}: {error}") from None
            _as_if_alone(error, _outside(error.__traceback__))
        except Exception as error:
            _as_if_alone(error, _outside(error.__traceback__))

    def _use(self, spec: ModuleSpec | None, reason: str) -> None:
        if spec is None or spec.origin is None:
            raise CannotRun(reason)
        loader: Any = spec.loader
        if not hasattr(loader, "get_source") or loader.get_source(spec.name) is None:
            raise CannotRun(f"{spec.origin} has no source that could be read")
        self._spec, self.file, self.source = spec, spec.origin, loader.get_data(spec.origin)

    def _read(self, name: str) -> bytes:
        try:
            return Path(name).read_bytes()
        except OSError as error:
            raise CannotRun(f"can't read {name!r}: {error.strerror}") from None


def _is_archive(name: str) -> bool:
    import zipfile

    return zipfile.is_zipfile(name)


def _outside(traceback: TracebackType | None) -> TracebackType | None:
    """Return the part of a traceback that begins in the program."""
    ours = (__file__, "<frozen ", importlib.__file__)
    while traceback is not None and traceback.tb_frame.f_code.co_filename.startswith(ours):
        traceback = traceback.tb_next
    return traceback


def _as_if_alone(error: BaseException, own: TracebackType | None) -> NoReturn:
    """Raise an exception on, and have it shown with the program's own traceback."""
    shown = sys.excepthook

    def hook(kind: Any, value: BaseException, traceback: TracebackType | None) -> None:
        if value is error:
            value, traceback = value.with_traceback(own), own
        shown(kind, value, traceback)

    sys.excepthook = hook
    raise error
