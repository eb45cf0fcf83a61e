"""Run a program once, and look at it at every stop in one way."""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import inspect
import sys
import tracemalloc
from array import array
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from measured import environment, memory, pymalloc
from measured.command import Failure
from measured.stepping.following import RETURN, UNWIND, follow
from measured.stepping.picture import Looker

#: More stops than these are a film, and no picture.
MOST_STOPS = 60
#: What the dictionary of a script's own module has before its first line runs.
_OF_A_MODULE = ("__doc__", "__package__", "__loader__", "__spec__", "__annotations__", "__cached__")
_SPARE_NAMES = 13


class _Enough(BaseException):
    """A program goes on for too long; no `except Exception` of its own catches that."""


def record(path: Path, way: str) -> dict[str, Any]:
    """Run a program, and return what there was to see at its stops.

    Parameters
    ----------
    path
        Its file.
    way
        What to look at: `objects`, `heap` or `memory`.

    Returns
    -------
    dict
        Its `source`, the `environment`, where it stopped (`stops`: kind and line), and `seen`.

    Raises
    ------
    Failure
        If it cannot be read or compiled, raises anything, or stops more than `MOST_STOPS` times.
    """
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 (`measured.inputs` notes it)
        source = file.read()
    try:
        code = compile(source, str(path), "exec")
    except SyntaxError as error:
        raise Failure(f"{path.name}, line {error.lineno}: {error.msg}") from None
    _import_beforehand(source)
    names = _names_of_a_module(path)
    stops = array("q", [0]) * (2 * (MOST_STOPS + 1))
    way_to_look = WAYS[way](code, names)
    number = 0

    def see(kind: int, line: int, value: list[object]) -> None:
        nonlocal number
        if kind == UNWIND:
            way_to_look.forget()
            return
        if number == MOST_STOPS:
            raise _Enough
        way_to_look.look(kind, line, value)
        stops[2 * number], stops[2 * number + 1] = kind, line
        number += 1

    try:
        with contextlib.redirect_stdout(sys.stderr), way_to_look.ready():
            follow(code, names, see, way_to_look.settle)
    except _Enough:
        raise Failure(f"{path.name} stops more than {MOST_STOPS} times; make it shorter") from None
    except (Failure, KeyboardInterrupt):
        raise
    except BaseException as error:  # SystemExit as well: it goes no further either
        last = stops[2 * number - 1] if number else 0
        raise Failure(f"{path.name}, line {last}: {type(error).__name__}: {error}") from None
    return {
        "source": source,
        "way": way,
        "stops": [[stops[2 * at], stops[2 * at + 1]] for at in range(number)],
        "seen": way_to_look.seen(number),
        "environment": environment.describe(),
    }


def _import_beforehand(source: str) -> None:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                importlib.import_module(alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            importlib.import_module(node.module)


def _names_of_a_module(path: Path) -> dict[str, object]:
    """Return a namespace with room for some names: the table that holds them does not grow."""
    names: dict[str, object] = dict.fromkeys(_OF_A_MODULE)
    names |= {"__name__": "__main__", "__file__": str(path), "__builtins__": __builtins__}
    for number in range(_SPARE_NAMES):
        names[f"spare_{number}"] = None
    for number in range(_SPARE_NAMES):
        del names[f"spare_{number}"]
    return names


class _Way:
    """One way to look."""

    @contextlib.contextmanager
    def ready(self) -> Any:
        """Surround the run."""
        yield

    def settle(self) -> None:
        """Be as it will be at each stop."""
        gc.collect()  # empties free lists too: an object from there would be made unseen

    def forget(self) -> None:
        """Take note that an exception ends a call."""


class _Objects(_Way):
    """Its names and objects."""

    def __init__(self, code: CodeType, names: dict[str, object]) -> None:
        self._looker = Looker(code, names)
        self._states: list[Any] = []

    def look(self, kind: int, line: int, value: list[object]) -> None:
        """Keep the state."""
        frame = sys._getframe(3)  # this method, `see`, the tracer's own function, the program
        self._states.append(self._looker.look(kind, line, value, frame).as_json())

    def seen(self, _number: int) -> list[Any]:
        """Return the states."""
        return self._states


class _Heap(_Way):
    """The bytes of all blocks that it has asked for and not freed, as tracemalloc counts them."""

    def __init__(self, _code: CodeType, _names: dict[str, object]) -> None:
        # All of it is made beforehand: what is made during the run would be counted.
        self._held = array("q", [0]) * MOST_STOPS
        self._number = 0
        # A reading is a tuple.  One that is let go waits in a free list, which a collection of the
        # program's own would empty; so all are held, and what each takes is taken off.
        self._readings: list[tuple[int, int] | None] = [None] * (MOST_STOPS + 2)
        self._of_a_reading = 0
        self._frames = array("q", [0]) * MOST_STOPS
        self._made = array("q", [0]) * MOST_STOPS

    @contextlib.contextmanager
    def ready(self) -> Any:
        """Count while the program runs."""
        tracemalloc.start()
        try:
            yield
        finally:
            tracemalloc.stop()

    def settle(self) -> None:
        """Find out what a reading takes."""
        super().settle()
        self._readings[-1] = first = tracemalloc.get_traced_memory()
        self._readings[-2] = second = tracemalloc.get_traced_memory()
        self._of_a_reading = second[0] - first[0]

    def look(self, kind: int, _line: int, value: list[object]) -> None:
        """Keep the figure, less what the tracer has made."""
        self._readings[self._number] = reading = tracemalloc.get_traced_memory()
        held = reading[0] - self._number * self._of_a_reading
        value[0] = None
        if sys.gettrace() is not None:
            self._note_frame(sys._getframe(3))
        self._held[self._number] = held - sum(self._made)
        self._number += 1
        if kind == RETURN and sys.gettrace() is not None:
            self._forget_frame(sys._getframe(3))

    def forget(self) -> None:
        """Forget the frame of a call that an exception ends."""
        self._forget_frame(sys._getframe(3))

    def _note_frame(self, frame: FrameType) -> None:
        """Note what `sys.settrace` makes for a call: a frame that is an object."""
        if frame.f_code.co_flags & inspect.CO_OPTIMIZED:
            known = id(frame) in self._frames
            at = self._frames.index(id(frame) if known else 0)
            self._frames[at] = id(frame)
            self._made[at] = sys.getsizeof(frame)

    def _forget_frame(self, frame: FrameType) -> None:
        if id(frame) in self._frames:
            at = self._frames.index(id(frame))
            self._frames[at] = self._made[at] = 0

    def seen(self, number: int) -> list[int]:
        """Return the bytes at each stop beyond those at the first."""
        return [self._held[at] - self._held[0] for at in range(number)]


class _Memory(_Way):
    """The arenas of pymalloc and the resident memory of the process."""

    def __init__(self, _code: CodeType, _names: dict[str, object]) -> None:
        self._has_arenas = pymalloc.absent() is None
        self._kept = array("q", [0]) * (3 * MOST_STOPS)
        self._number = 0
        for _ in range(20):  # what looking takes for itself is there before the program begins
            self._figures()

    def _figures(self) -> tuple[int, int, int]:
        state = pymalloc.statistics() if self._has_arenas else None
        arenas, used = (state.arenas, state.allocated) if state else (0, 0)
        return memory.read().resident, arenas, used

    def look(self, _kind: int, _line: int, value: list[object]) -> None:
        """Keep the figures."""
        value[0] = None
        at = 3 * self._number
        self._kept[at], self._kept[at + 1], self._kept[at + 2] = self._figures()
        self._number += 1

    def seen(self, number: int) -> dict[str, Any]:
        """Return bytes and arenas at each stop, and the size of an arena."""
        kept = self._kept
        size = pymalloc.statistics().arena_size if self._has_arenas else 0
        return {
            "resident": [kept[3 * at] for at in range(number)],
            "arenas": [kept[3 * at + 1] for at in range(number)] if size else [],
            "used": [kept[3 * at + 2] for at in range(number)] if size else [],
            "arena_size": size,
        }


WAYS: dict[str, Any] = {"objects": _Objects, "heap": _Heap, "memory": _Memory}
