"""What the lines of marked code take, from what their marks tell.

Each call of a marked function that is running is an *activation*; those of a thread lie in a
stack.  When the next line begins, what memory did since the last reading belongs to the line
before.  A line contains what it calls, and what other threads do meanwhile.  While a generator or a
coroutine is suspended, its activation is out of the stack, and nothing is counted for it.

A reading costs microseconds, which a line of a short loop does not last.  So each line first reads
each time; once readings have taken more than their share of the program's time, and it is over in
less time than a reading takes, the next thousands of its executions only count, in C, without a
reading.  What memory did in such a *stretch* is divided among the lines that were executed in it,
in proportion to what was read of each.  Counts stay exact.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
import weakref
from _thread import get_ident
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from operator import length_hint
from types import FrameType
from typing import Any, TypeVar

from measured.lines.gauge import Gauge
from measured.lines.marking import Calls
from measured.lines.relays import relays, tidy

#: Seconds that readings of a loop's lines may take before they are counted at all: where memory
#: stays as it is; where it changes, so that more has to be known of each line; and where it is not
#: known yet which of them changes it.
_FREE, _FREE_OF_CHANGE, _FREE_OF_UNKNOWN = 0.01, 0.05, 0.4
#: What part of a loop's time its readings may take from then on, likewise.
_SHARE, _SHARE_OF_CHANGE = 0.05, 0.4
#: How many times as long as the one before a reading takes that was interrupted.
_INTERRUPTED = 4
#: Bytes that a loop's readings may find without any meaning: they touch pages of their own.
_NOISE = 2**16
#: Bytes of a line's single readings that say nothing yet: a page or two of anything's.
_STRAY = 3 * 4096
#: Seconds of processor time that other threads may take in a call without a word about it.
_BESIDE = 0.001
#: How many executions in a row are only counted, at most.
_LONGEST_STRETCH = 10_000
#: How many executions of a line are read in any case, each by itself.
_SINGLE = 8


@dataclass
class Found:
    """What was found of a line.  Sizes in bytes.

    Attributes
    ----------
    times
        How often it was executed.
    resident
        The memory of the process after its last execution that was read; None before.
    retained
        What it added, all executions together.
    peak
        How far memory rose above where the line began, in the execution where that was most.
    divided
        Whether these are in part a share of what several lines took in turns without a reading.
    """

    times: int
    resident: int | None
    retained: float
    peak: float
    divided: bool = False


class Place:
    """A line of marked code, and what single executions of it took that were read.  In bytes.

    Attributes
    ----------
    line, loop
        Its number, and the loop that it stands in.
    resident
        The memory of the process after the last of them; None before.
    retained, peak
        What they added, and how far memory rose above where the line began, at most.
    read_times
        How many these were.
    """

    def __init__(self, line: int, loop: _Loop) -> None:
        self.line, self.loop = line, loop
        self.resident: int | None = None
        self.retained = self.peak = 0
        self.read_times = 0
        self.unread_before = 0
        self._marks: list[_Mark] = []

    def add(self, mark: _Mark) -> None:
        """Have another mark of this line."""
        self._marks.append(mark)

    def usual(self, growth: int, leave_out: int) -> float:
        """Return how much a single execution usually does of what memory did: grow, or shrink."""
        same_way = self.retained if growth >= 0 else -self.retained
        return max(same_way - leave_out, 0) / (self.read_times or 1)

    @property
    def found(self) -> Found:
        """What is known of it alone."""
        return Found(self.times, self.resident, self.retained, self.peak)

    @property
    def times(self) -> int:
        """How often it was executed."""
        return sum(mark.called for mark in self._marks if mark.counts)

    @property
    def unread(self) -> int:
        """How often it began, or a loop came back to it, without a reading."""
        return sum(mark.unread for mark in self._marks)


class _Loop:
    """The lines that are executed together: those of one loop, or those that stand in none.

    They are read in the same turns, so that each reading ends the one line before it.  The line
    that was executed first says which turns these are.

    Attributes
    ----------
    path
        The lines of the loops around it and of its own head, outermost first.
    stretch
        How many turns follow the one that is read without a reading.
    changes
        Whether memory did anything in the last turns.
    """

    def __init__(self, path: tuple[int, ...]) -> None:
        self.path = path
        self.stretch = 0
        self.changes = False
        self._changed = 0
        self._first: _Mark | None = None
        self._turns = 0
        self._began = self._spent = self._before = 0.0

    @property
    def turns(self) -> int:
        """How often it was executed."""
        return self._first.called if self._first is not None else 0

    def changed(self, grown: int, peak: int) -> None:
        """Take note of what memory did in a line that was read."""
        self._changed += abs(grown) + peak
        self.changes = self._changed > _NOISE

    def took(self, mark: _Mark, seconds: float, now: float) -> None:
        """Take note of a reading at a mark, and decide about the turns to come.

        A reading that lasted much longer than the one before was interrupted: the machine is busy.
        If that counted, a few such readings would use up what they may take, and with it what is
        known of each line.
        """
        self._spent += min(seconds, _INTERRUPTED * (self._before or seconds))
        self._before = seconds
        self._first = self._first or mark
        if mark is not self._first:
            return
        self._turns += 1
        turn = (now - self._began) / (self.stretch + 1)
        self._began = now
        free, share = (_FREE_OF_CHANGE, _SHARE_OF_CHANGE) if self.changes else (_FREE, _SHARE)
        if self.changes and self._changed <= _NOISE:
            free = _FREE_OF_UNKNOWN  # memory does something, and no line is known to do it
        self.stretch = 0
        if self._spent > free:
            each = self._spent / self._turns
            self.stretch = min(int(each / (share * max(turn, 1e-9))), _LONGEST_STRETCH)


class _Mark:
    """What the code asks as a line begins: it reads, or for a stretch only counts.

    It is the source of an `itertools.chain`: the chain asks it whenever the last of the turns that
    it gave out is used up, and turns in between do not leave C.  It never raises, for then the
    chain would ask it no more.

    Attributes
    ----------
    counts
        Whether the line is executed once more each time.
    """

    def __init__(self, record: Record, place: Place, loop: _Loop, *, counts: bool) -> None:
        self.counts = counts
        self.loop = loop
        self._record, self._place = record, place
        self._given = self._read = 0
        self._turns: list[tuple[bytearray, Iterator[int]]] = []

    def __iter__(self) -> _Mark:
        return self

    def __next__(self) -> Iterable[int]:
        recorder = self._record.recorder
        try:
            with recorder.reading() as can_read:
                if can_read:
                    return self._read_and_go_on(self._record.frame or sys._getframe(1))
        except BaseException as error:
            if not recorder.survives(error):
                return _Raises(error)
        try:
            return self._give(0)
        except MemoryError:
            return _ONE

    def _read_and_go_on(self, frame: FrameType) -> Iterator[int]:
        started = time.perf_counter()
        _take_room()
        self._record.line_begins(self._place, frame)
        now = time.perf_counter()
        self.loop.took(self, now - started, now)
        stretch = self._own_stretch()
        self._record.was_read(self, stretch)
        return self._give(stretch)

    def _own_stretch(self) -> int:
        """Return how often to count alone: for a line that is executed in few turns, less often."""
        called, turns = self.called, self.loop.turns
        if called < _SINGLE:
            return 0
        return int(self.loop.stretch * min(called / turns, 1)) if turns else self.loop.stretch

    def _give(self, stretch: int) -> Iterator[int]:
        turns = bytearray(b"\1") * (stretch + 1)
        given = iter(turns)
        self._given += len(turns)
        self._read += 1
        # Two threads may both get here; then one of the two is asked no more, and stays unused.
        self._turns = [both for both in self._turns if length_hint(both[1])] + [(turns, given)]
        return given

    def read_next(self) -> None:
        """End the stretch: the next time that it is asked, it reads."""
        for turns, given in self._turns:
            self._given -= length_hint(given)
            turns.clear()
        self._turns = []

    @property
    def called(self) -> int:
        """How often it was asked so far, the time that is under way not among them."""
        return self._given - sum(length_hint(given) for _, given in self._turns)

    @property
    def unread(self) -> int:
        """How often it was asked without reading."""
        return self.called - self._read


_ONE = (1,)


class _Raises(Iterator[int]):
    """Raises an exception where the marked code asks, once: a signal's handler raised it there."""

    def __init__(self, error: BaseException) -> None:
        self._error: BaseException | None = error

    def __next__(self) -> int:
        error, self._error = self._error, None
        if error is None:
            raise StopIteration
        raise error


def _take_room() -> None:
    """Have more of each small size at hand than a reading takes.

    A page that small objects grow into is touched by whoever first reaches it.  If that were the
    rest of this module's work, after the reading, it would be counted for the line that begins.
    What is taken is held until the next time: its blocks would be the program's by then, and others
    be touched for the next reading.
    """
    _held[0] = [*map(float, _FLOATS), *map(bytes, _SIZES)]


_held: list[list[float | bytes]] = [[]]
_FLOATS = tuple(range(24))
_SIZES = tuple(size - 40 for size in range(48, 192, 16) for _ in range(6))


class Record:
    """What is known of one marked function, or of a module's own lines.

    Attributes
    ----------
    name, file, first_line
        As its code has them.
    calls
        How often it was called.
    active
        How many of these calls have not ended.
    places
        Its lines, by number.
    frame
        The one frame that it is about, where its lines are followed from outside; otherwise None:
        they tell themselves that they begin.
    """

    frame: FrameType | None = None

    def __init__(self, recorder: Recorder, name: str, file: str, first_line: int) -> None:
        self.name, self.file, self.first_line = name, file, first_line
        self.calls = 0
        self.active = 0
        self.places: dict[int, Place] = {}
        self.recorder = recorder
        self._loops: dict[tuple[int, ...], _Loop] = {}
        self._counting: list[_Mark] = []
        self._together: dict[tuple[bool, frozenset[Place]], _Together] = {}

    def calls_for_marks(self) -> Calls:
        """Return what its marked code is to call."""
        recorder = self.recorder
        return Calls(
            begin=lambda: recorder.begin(self, sys._getframe(1)),
            end=lambda: recorder.end(self, sys._getframe(1)),
            line=partial(self._chain, counts=True),
            turn=self._chain,
            tidy=tidy,
            suspend=recorder.suspend,
            resume=recorder.resume,
            relays=recorder.relays,
        )

    def _chain(self, line: int, path: tuple[int, ...], counts: bool) -> Iterator[int]:
        loop = self._loops.setdefault(path, _Loop(path))
        place = self.places.setdefault(line, Place(line, loop))
        mark = _Mark(self, place, loop, counts=counts)
        place.add(mark)
        return itertools.chain.from_iterable(mark)

    def line_begins(self, place: Place | None, frame: FrameType) -> None:
        """Read, and enter what was found with the lines that were executed since the last one."""
        found = self.recorder.line_begins(frame, place)
        if found is not None:
            self._enter(*found)

    def was_read(self, mark: _Mark, stretch: int) -> None:
        """Have the marks that may come next read, where they would only count.

        Whatever follows a line that is executed now and then has to read, so that the line has its
        end.  So has the first line of a loop that is entered anew.
        """
        path = mark.loop.path
        is_rare = stretch == 0 < mark.loop.stretch
        still_counting = []
        for other in self._counting:
            if is_rare or other.loop.path != path[: len(other.loop.path)]:
                other.read_next()
            elif other is not mark:
                still_counting.append(other)
        self._counting = still_counting
        if stretch:
            self._counting.append(mark)

    def _enter(self, place: Place | None, grown: int, peak: int, resident: int) -> None:
        """Enter what a line took; or divide it, if others were executed unread."""
        unread = self._executed_unread()
        if unread:
            for loop in self._loops.values():
                loop.changes = bool(grown or peak)
            executed = unread if place is None else {place: 1, **unread}
            if grown or peak:
                kind = (grown > 0, frozenset(executed))
                self._together.setdefault(kind, _Together()).add(grown, peak, executed)
        elif place is not None:
            place.retained += grown
            place.peak = max(place.peak, peak)
            place.read_times += 1
            place.loop.changed(grown, peak)
        if place is not None:
            place.resident = resident

    def lines(self) -> dict[int, Found]:
        """Return what was found of each line so far, by its number."""
        found = {place: place.found for place in self.places.values()}
        for together in self._together.values():
            together.divide(found)
        return {place.line: one for place, one in found.items()}

    def _executed_unread(self) -> dict[Place, int]:
        """Return the lines that were executed without a reading since this was last asked."""
        found: dict[Place, int] = {}
        for place in self.places.values():
            unread = place.unread
            if unread > place.unread_before:
                found[place] = unread - place.unread_before
                place.unread_before = unread
        return found


class _Together:
    """What memory did while several lines were executed without a reading of each.  In bytes.

    It is divided among them when the table is asked for: by then most is known of each line.
    """

    def __init__(self) -> None:
        self.grown = self.peak = 0
        self.executed: Counter[Place] = Counter()

    def add(self, grown: int, peak: int, executed: dict[Place, int]) -> None:
        """Add a stretch; executions this short cannot each rise far, beyond what they keep."""
        self.grown += grown
        self.peak = max(self.peak, peak - max(grown, 0))
        self.executed.update(executed)

    def divide(self, found: dict[Place, Found]) -> None:
        """Give each line its share: by what single executions of it took, that were read."""
        weights: dict[Place, float] = {}
        for leave_out in (_STRAY, 0):
            if not any(weights.values()):
                weights = {
                    place: times * place.usual(self.grown, leave_out)
                    for place, times in self.executed.items()
                }
        if not any(weights.values()):
            weights = {place: float(times) for place, times in self.executed.items()}
        whole = sum(weights.values())
        for place, weight in weights.items():
            found[place].retained += self.grown * weight / whole
            found[place].divided |= abs(self.grown) + self.peak > _NOISE and len(weights) > 1
        heaviest = found[max(weights, key=lambda place: weights[place])]
        heaviest.peak = max(heaviest.peak, float(self.peak))


class _Activation:
    """A call of a marked function that has not ended.  Sizes in bytes."""

    __slots__ = (
        *("beside", "frame", "grown", "highest", "highest_of_all", "peak", "place", "record"),
        "start",
    )

    def __init__(self, record: Record, frame: FrameType, resident: int) -> None:
        self.record, self.frame = record, frame
        self.place: Place | None = None
        self.start = self.highest = resident  # since the last reading of this activation
        self.highest_of_all = resident  # since it began, or last went on
        self.grown = self.peak = 0  # of the line that is under way, before it was last suspended
        self.beside = _time_of_others()  # when it began, or last went on

    def rises_to(self, highest: int) -> None:
        """Learn how high memory was."""
        self.highest = max(self.highest, highest)
        self.highest_of_all = max(self.highest_of_all, highest)


Method = TypeVar("Method", bound=Callable[..., Any])


def _unseen(method: Method) -> Method:
    """Have a method raise nothing of its own into the program, and never run within a reading."""

    @wraps(method)
    def guarded(recorder: Recorder, *arguments: Any) -> Any:
        try:
            with recorder.reading() as can_read:
                return method(recorder, *arguments) if can_read else None
        except BaseException as error:
            if not recorder.survives(error):
                raise
            return None

    return guarded  # type: ignore[return-value]


class Recorder:
    """Follows the activations of all threads.

    Nothing here may disturb the program: what goes wrong in a reading ends the readings, and the
    report says so.  What a signal's handler raises meanwhile is the program's, and passes.

    Parameters
    ----------
    gauge
        What the memory of the process is read with.

    Attributes
    ----------
    records
        What is known of each marked function, in the order in which they were marked.
    threads
        Whether other threads ran while a marked function did, those of libraries among them.
    failure
        Why memory cannot be read any more; empty while it can.
    """

    def __init__(self, gauge: Gauge) -> None:
        self.records: list[Record] = []
        self.threads = False
        self.failure = ""
        self._gauge = gauge
        self._stacks: dict[int, list[_Activation]] = {}
        self._suspended: dict[FrameType, _Activation] = {}
        self._busy: set[int] = set()
        self.relays = relays(self)
        _ALL.add(self)

    @contextmanager
    def reading(self) -> Iterator[bool]:
        """Enter a reading; it may not where this thread is in one: a finalizer or a signal came."""
        thread = get_ident()
        if thread in self._busy:
            yield False
            return
        self._busy.add(thread)
        try:
            yield True
        finally:
            self._busy.discard(thread)

    def survives(self, error: BaseException) -> bool:
        """Say whether an exception is of a reading itself, which the program is not to see."""
        if isinstance(error, (RecursionError, MemoryError)):
            return True
        at = error.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        if not isinstance(error, Exception) or at is None:
            return False
        if not at.tb_frame.f_code.co_filename.startswith(_PACKAGE):
            return False
        self.failure = f"{type(error).__name__}: {error}"
        self.fall_silent()
        return True

    def close(self) -> None:
        """Read no more, and hold nothing of the system's."""
        self._gauge.stop()

    def record(self, name: str, file: str, first_line: int) -> Record:
        """Begin the record of another function."""
        self.records.append(Record(self, name, file, first_line))
        return self.records[-1]

    # What marks call ---------------------------------------------------------------------------

    @_unseen
    def begin(self, record: Record, frame: FrameType) -> None:
        """Take note that a marked function starts."""
        record.calls += 1
        record.active += 1
        resident = self._read()
        self._stack().append(_Activation(record, frame, resident))

    def line_begins(
        self, frame: FrameType, place: Place | None
    ) -> tuple[Place | None, int, int, int] | None:
        """Take note that a line begins, and with it the one before ends.

        Returns
        -------
        tuple
            The line before that was read, or None where this is the first of its call; by how much
            memory grew since, the peak, and resident memory now, in bytes.  None instead of all
            that where the frame is not followed.
        """
        activation = self._of(frame)
        if activation is None:
            return None
        resident = self._read()
        self._take(activation, resident)
        before, activation.place = activation.place, place
        grown, peak = activation.grown, activation.peak
        activation.grown = activation.peak = 0
        if (
            before is not None
            and activation.record.active > 1
            and any(outer.place is before for outer in self._stack()[:-1])
        ):
            grown = 0  # a recursion: the same line, further out, has it already
        return before, grown, peak, resident

    @_unseen
    def end(self, record: Record, frame: FrameType) -> None:
        """Take note that a marked function is left."""
        self._end(record, frame)

    def _end(self, record: Record, frame: FrameType) -> None:
        record.line_begins(None, frame)
        activation = self._of(frame)
        if activation is not None:
            record.active -= 1
            self._leave(activation)

    @_unseen
    def end_all(self) -> None:
        """End every activation of this thread, innermost first: nothing runs that would tell."""
        for activation in reversed(self._stack()[:]):
            self._end(activation.record, activation.frame)

    def suspend(self, value: Any) -> Any:
        """Take note that the function under way hands the thread to others."""
        self.step_out()
        return value

    def resume(self, value: Any) -> Any:
        """Take note that a function has the thread back."""
        self._goes_on(sys._getframe(1))
        return value

    @_unseen
    def _goes_on(self, frame: FrameType) -> None:
        self._of(frame)

    @_unseen
    def step_out(self) -> _Activation | None:
        """Take the top of this thread's stack out of it until it goes on."""
        stack = self._stack()
        if not stack:
            return None
        activation = stack[-1]
        resident = self._read()
        self._take(activation, resident)
        self._leave(activation)
        self._suspended[activation.frame] = activation
        return activation

    @_unseen
    def step_in(self, activation: _Activation) -> None:
        """Put an activation back on the stack of the thread that runs it now."""
        self._step_in(activation)

    def _step_in(self, activation: _Activation) -> None:
        self._suspended.pop(activation.frame, None)
        activation.start = activation.highest = activation.highest_of_all = self._read()
        activation.beside = _time_of_others()
        self._stack().append(activation)

    # -------------------------------------------------------------------------------------------

    def _stack(self) -> list[_Activation]:
        return self._stacks.setdefault(get_ident(), [])

    def _of(self, frame: FrameType) -> _Activation | None:
        """Return the activation of a frame, which is running: it is, or now becomes, the top."""
        stack = self._stack()
        if stack and stack[-1].frame is frame:
            return stack[-1]
        if frame in self._suspended:  # it goes on, or an exception was thrown into it
            self._step_in(self._suspended[frame])
            return stack[-1]
        while any(activation.frame is frame for activation in stack):
            if stack[-1].frame is frame:
                return stack[-1]
            stack[-1].record.active -= 1  # its end was never told
            self._leave(stack[-1])
        return None

    def _leave(self, activation: _Activation) -> None:
        stack = self._stack()
        stack.pop()
        beside = _time_of_others() - activation.beside
        self.threads = self.threads or (beside > _BESIDE and not self._gauge.has_a_thread)
        if stack:
            stack[-1].rises_to(activation.highest_of_all)

    def _read(self) -> int:
        """Read the memory now; everyone who runs learns how high it was since the last time."""
        resident, highest = self._gauge.read()
        if highest is not None:
            for stack in list(self._stacks.values()):
                if stack:
                    stack[-1].rises_to(highest)
        return resident

    def _take(self, activation: _Activation, resident: int) -> None:
        """Add what memory did since the last reading to the line that is under way."""
        activation.peak = max(
            activation.peak, activation.grown + max(activation.highest, resident) - activation.start
        )
        activation.grown += resident - activation.start
        activation.start = activation.highest = resident

    def fall_silent(self) -> None:
        """Read no more, as in a process that was forked: it has no table."""
        self._gauge.fall_silent()


_ALL: weakref.WeakSet[Recorder] = weakref.WeakSet()
_PACKAGE = sys.modules["measured"].__path__[0]


def _all_fall_silent() -> None:
    for recorder in list(_ALL):
        recorder.fall_silent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_all_fall_silent)


def _time_of_others() -> float:
    """Return how much processor time the other threads of this process have had, in seconds."""
    return time.process_time() - time.thread_time()
