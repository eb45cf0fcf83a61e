"""What a program's names refer to at a stop, with true counts: nothing here holds on to anything.

Objects are numbered as they appear, and keep their number.  An object that no name leads to any
more stays in sight while it lives, as one in a cycle does.  Left out are modules, classes, and
functions that hold nothing.  Numbers, True, False and None are written where they are referred to.
"""

from __future__ import annotations

import ctypes
import gc
import inspect
import sys
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType, FrameType, FunctionType, GeneratorType
from typing import Any, NamedTuple

from measured import object_graph
from measured.command import Failure
from measured.stepping.following import LINE, RETURN, codes_in, frames_of
from measured.stepping.states import Names, Object, Reference, State

#: More objects than these make no picture that anyone reads.
MOST_OBJECTS = 24
#: Items of a container that are drawn one by one.
MOST_ITEMS = 16
#: From here on a count is Python's sign that an object never dies.
_IMMORTAL = 2**29
_WRITTEN = (int, float, bool, complex, type(None))
_WORD = ctypes.sizeof(ctypes.c_void_p)
_UNICODE_KEYS = 1  # what CPython calls a table of keys that are all texts


def _reading_of_one() -> int:
    """Return what `getrefcount` says of an object that a list holds, and nothing else."""
    held = [object()]
    return sys.getrefcount(held[0])


class Looker:
    """Looks at a program at its stops.

    Parameters
    ----------
    code
        The code of its module.
    names
        Its namespace.
    """

    def __init__(self, code: CodeType, names: dict[str, object]) -> None:
        self._codes = frozenset(codes_in(code))
        self._constants = {id(x) for x in _constants(code)}
        self._hidden = frozenset(names)
        self._names = names
        self._known: dict[int, _Known] = {}  # by address
        # Made once: a list of a later stop might lie where one of the program's has been.
        self._found: list[object] = []
        self._numbers = 0
        self._last: dict[int, int] = {}  # for each call under way, the line that it is at
        self._module = 0  # its frame

    def look(self, kind: int, line: int, value: list[object], frame: FrameType) -> State:
        """Return what there is to see.

        Parameters
        ----------
        value
            A list with the value on its way out, which becomes None; or with None.
        frame
            Where the program is.
        """
        place = self._place(kind, line, frame)
        calls = frames_of(self._codes, frame)
        self._refresh(calls)
        return self._seen(place, calls, value)

    def _place(self, kind: int, line: int, frame: FrameType) -> State:
        is_module = frame.f_code.co_name == "<module>"
        function = "" if is_module else frame.f_code.co_name
        mine = id(frame)
        ran = self._last.get(mine)
        if kind == LINE:
            self._last[mine] = line
            if not self._module:
                self._module = mine
                return State("begin", "", None, line)
            return State("call" if ran is None else "line", function, ran, line)
        if kind == RETURN:
            del self._last[mine]
        if is_module:
            return State("end", "", ran, None)
        callers = frames_of(self._codes, frame.f_back)
        outer = id(callers[-1]) if callers else self._module
        return State("return" if kind == RETURN else "yield", function, ran, self._last[outer])

    def _refresh(self, calls: Sequence[FrameType]) -> None:
        """Have Python let go of what the names of calls referred to earlier.

        Up to Python 3.12 a frame that was once asked for its names keeps a copy of them.
        """
        for frame in calls:
            _locals_of(frame)
        for number in list(self._known):
            held = _alive_generator(number, self._known[number].type)
            if held is not None and held.gi_frame is not None:
                _locals_of(held.gi_frame)

    def _seen(self, place: State, calls: Sequence[FrameType], value: list[object]) -> State:
        found = self._found
        walk = _Walk(found, self._known, self._numbers, self._codes)
        module = {k: v for k, v in self._names.items() if k not in self._hidden}
        scopes = [Names("", walk.names(module))]
        scopes += [Names(it.f_code.co_name, walk.names(_locals_of(it))) for it in calls]
        del module
        result = walk.take(value)
        walk.go_on()
        walk.those_without_names()
        asked = {id(frame): frame for frame in [*calls, *walk.generators]}
        copies = Counter(id(x) for frame in asked.values() for x in _kept_copy(frame).values())
        self._last = {k: v for k, v in self._last.items() if k in asked or k == self._module}
        asked.clear()
        objects = [
            self._object(found, at, walk.numbers, walk.parts[at], copies)
            for at in range(len(found))
        ]
        self._numbers = walk.highest
        self._known = {
            id(found[at]): _Known(objects[at].number, type(found[at]), _leads_to(found[at]))
            for at in range(len(found))
        }
        found.clear()
        return State(
            place.kind, place.function, place.ran, place.following, scopes, result, objects
        )

    def _object(
        self,
        found: list[object],
        at: int,
        numbers: Mapping[int, int],
        parts: _Parts,
        copies: Mapping[int, int],
    ) -> Object:
        # Nothing but the list holds the object here on our behalf.
        count = sys.getrefcount(found[at]) - _OF_ONE - copies.get(id(found[at]), 0)
        x = found[at]
        kept = ""
        if id(x) in self._constants:
            kept = "code"
        elif _is_kept_by_python(x) or count >= _IMMORTAL:
            kept = "Python"
        room, holes = _room(x)
        return Object(
            numbers[id(x)],
            object_graph.type_name(x),
            "" if parts.listed or parts.summed else object_graph.value_of(x),
            object_graph.size_of(x),
            None if kept else count,
            kept,
            parts.listed,
            len(x) if isinstance(x, str | bytes | bytearray | list | tuple | dict | set) else None,
            room,
            holes,
            parts.summed,
        )


_OF_ONE = _reading_of_one()


class _Known(NamedTuple):
    """What is known of an object from the stop before."""

    number: int
    type: type
    leads_to: tuple[int, ...]


def _leads_to(x: object) -> tuple[int, ...]:
    """Return the addresses of the first objects that an object refers to, after their number."""
    ends = gc.get_referents(x)
    return (len(ends), *map(id, ends[:MOST_ITEMS]))


class _Parts:
    """What an object refers to: one by one, or summed where that is too much."""

    def __init__(
        self, listed: list[tuple[str, Reference]], summed: list[tuple[int, str, int]]
    ) -> None:
        self.listed, self.summed = listed, summed


class _Walk:
    """From names to all that they lead to."""

    def __init__(
        self,
        found: list[object],
        known: Mapping[int, _Known],
        highest: int,
        codes: frozenset[CodeType],
    ) -> None:
        self._found, self._known, self._codes = found, known, codes
        self.highest = highest
        self.numbers: dict[int, int] = {}
        self.parts: list[_Parts] = []
        self.generators: list[FrameType] = []
        self._waiting: deque[int] = deque()

    def names(self, names: Mapping[str, object]) -> dict[str, Reference]:
        """Begin at names; return what they refer to."""
        return {name: self._reference(x) for name, x in names.items() if self._is_shown(name, x)}

    def take(self, value: list[object]) -> Reference | None:
        """Begin at a value that somebody hands over in a list."""
        if value[0] is None:
            return None
        reference = self._reference(value[0])
        value[0] = None
        return reference

    def go_on(self) -> None:
        """Visit everything that waits."""
        while self._waiting:
            at = self._waiting.popleft()
            while len(self.parts) <= at:
                self.parts.append(_Parts([], []))
            self.parts[at] = self._parts_of(self._found[at])

    def those_without_names(self) -> None:
        """Visit what lives on although no name leads to it: the collector knows of it.

        Such an object has not changed.  Another one, in its old place, has other contents.
        """
        lost = {
            at: known
            for at, known in self._known.items()
            if at not in self.numbers and known.leads_to[0]
        }
        if not lost:
            return
        for x in gc.get_objects():
            known = lost.get(id(x))
            if known and type(x) is known.type and _leads_to(x) == known.leads_to:
                self._reference(x)
        self.go_on()

    def _is_shown(self, name: str, x: object) -> bool:
        if name.startswith("__"):
            return False
        if isinstance(x, FunctionType):
            return x.__code__ in self._codes and bool(_held_by_function(x))
        return not isinstance(x, object_graph.LEFT_OUT)

    def _reference(self, x: object) -> Reference:
        if type(x) in _WRITTEN:
            return Reference(value=object_graph.value_of(x))
        if id(x) not in self.numbers:
            if len(self._found) == MOST_OBJECTS:
                raise Failure(f"more than {MOST_OBJECTS} objects at a time make no picture")
            known = self._known.get(id(x))
            if known is None or known.type is not type(x):
                self.highest += 1
            self.numbers[id(x)] = known.number if known and known.type is type(x) else self.highest
            self._waiting.append(len(self._found))
            self._found.append(x)
        return Reference(self.numbers[id(x)])

    def _parts_of(self, x: object) -> _Parts:
        if isinstance(x, GeneratorType) and x.gi_frame is not None:
            self.generators.append(x.gi_frame)
        parts = _parts(x)
        shown = [
            (label, part) for label, part in parts if not isinstance(part, object_graph.LEFT_OUT)
        ]
        if len(shown) <= MOST_ITEMS:
            return _Parts([(label, self._reference(part)) for label, part in shown], [])
        distinct = {id(part): part for _, part in shown}
        sums: dict[str, list[int]] = {}
        for part in distinct.values():
            sums.setdefault(object_graph.type_name(part), []).append(object_graph.size_of(part))
        return _Parts([], [(len(sizes), kind, sum(sizes)) for kind, sizes in sums.items()])


def _parts(x: object) -> list[tuple[str, object]]:
    if isinstance(x, FunctionType):
        return _held_by_function(x)
    if isinstance(x, GeneratorType):
        return [] if x.gi_frame is None else list(_locals_of(x.gi_frame).items())
    return object_graph.parts_of(x)


def _held_by_function(x: FunctionType) -> list[tuple[str, object]]:
    """Return the defaults of a function and what it keeps of functions around it."""
    code = x.__code__
    defaults = x.__defaults__ or ()
    names = code.co_varnames[code.co_argcount - len(defaults) : code.co_argcount]
    held = [(f"{name}=", value) for name, value in zip(names, defaults, strict=True)]
    for name, cell in zip(code.co_freevars, x.__closure__ or (), strict=True):
        held.append((name, cell.cell_contents))
    return held


def _locals_of(frame: FrameType) -> dict[str, object]:
    return dict(frame.f_locals)


def _kept_copy(frame: FrameType) -> Mapping[str, object]:
    """Return the copy of its names that a frame keeps since it was asked for them, if any."""
    kept = frame.f_locals
    return kept if type(kept) is dict and frame.f_code.co_flags & inspect.CO_OPTIMIZED else {}


def _alive_generator(address: int, kind: type) -> GeneratorType[Any, Any, Any] | None:
    if kind is GeneratorType:
        for x in gc.get_objects():
            if id(x) == address and isinstance(x, GeneratorType):
                return x
    return None


def _constants(x: object) -> Iterator[object]:
    """Yield what code holds: its constants, those within them, and the names that it uses."""
    yield x
    if isinstance(x, CodeType):
        yield from x.co_names
    for part in x.co_consts if isinstance(x, CodeType) else x if isinstance(x, tuple) else ():
        yield from _constants(part)


def _is_kept_by_python(x: object) -> bool:
    """Whether Python keeps it ready: the empty ones, and texts and bytes of one character."""
    if type(x) in (str, bytes):
        return len(x) == 0 or (len(x) == 1 and ord(x) < 256)  # type: ignore[arg-type]
    return x == () if type(x) is tuple else False


def _room(x: object) -> tuple[int | None, Sequence[int]]:
    if type(x) is list:
        return (sys.getsizeof(x) - sys.getsizeof([])) // _WORD, ()
    if type(x) is str:
        highest = max(x, default="")
        return (1 if highest <= "\xff" else 2 if highest <= "\uffff" else 4), ()
    if type(x) is dict:
        return _table(x)
    return None, ()


def _table(x: dict[object, object]) -> tuple[int | None, Sequence[int]]:
    """Read how many entries the table of a dict has, and which of them are holes.

    As `Objects/dictobject.c` and `pycore_dict.h` of CPython lay it out from 3.11 on; nothing is
    said where the sizes do not agree with that, or where the keys are not all texts.
    """
    if sys.implementation.name != "cpython" or object.__basicsize__ != 2 * _WORD or not x:
        return None, ()
    keys = _words(id(x) + 4 * _WORD, 1)[0]
    slots = 1 << ctypes.c_uint8.from_address(keys + _WORD).value
    kind = ctypes.c_uint8.from_address(keys + _WORD + 2).value
    used = _words(keys + 2 * _WORD + 8, 1)[0]
    room, start = slots * 2 // 3, 3 * _WORD + 8
    table = start + slots + 2 * _WORD * room
    own = x.__sizeof__()
    if kind != _UNICODE_KEYS or not 8 <= slots <= 128 or own - table not in range(8 * _WORD):
        return None, ()
    values = _words(keys + start + slots, 2 * used)[1::2]
    return room, tuple(at for at, value in enumerate(values) if not value)


def _words(place: int, number: int) -> tuple[int, ...]:
    # One by one: an array would need a class, which is garbage for the program's own collection.
    words = (ctypes.c_ssize_t.from_address(place + at * _WORD) for at in range(number))
    return tuple(word.value for word in words)
