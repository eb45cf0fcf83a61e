"""What Python asks its allocators for, counted by tracemalloc from one moment to another."""

from __future__ import annotations

import tracemalloc
from types import TracebackType
from typing import Self

from measured.command import Failure

INSTRUMENT = "tracemalloc"


class Traced:
    """The bytes of all blocks that were asked for since the `with` began, and of them alone.

    Where something else is tracing already, that goes on, and what it had counted is taken off.

    Attributes
    ----------
    held
        Bytes of those that are there still: now, or when the `with` ended.
    peak
        The most that they were at any moment.

    Examples
    --------
    >>> with Traced() as traced:
    ...     squares = [n * n for n in range(1_000_000)]
    >>> traced.peak >= traced.held > 30 * 2**20
    True
    """

    # Nothing may be made between the first reading and what is measured: it would be counted.
    __slots__ = ("_at_the_end", "_before", "_is_ours")

    def __init__(self) -> None:
        self._at_the_end: tuple[int, int] | None = None
        self._is_ours = not tracemalloc.is_tracing()
        self._before = 0

    def __enter__(self) -> Self:
        if self._is_ours:
            tracemalloc.start()
        else:
            self._before, _peak = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        self._at_the_end = tracemalloc.get_traced_memory()
        if self._is_ours:
            tracemalloc.stop()

    @property
    def held(self) -> int:
        """Bytes of the blocks that are there still."""
        held, _peak = self._at_the_end or tracemalloc.get_traced_memory()
        return held - self._before

    @property
    def peak(self) -> int:
        """The most bytes that there were at any moment."""
        _held, peak = self._at_the_end or tracemalloc.get_traced_memory()
        return peak - self._before


def refuse_if_on() -> None:
    """Refuse to begin where every block is traced: a trace takes memory, often more than the block.

    Raises
    ------
    Failure
        If tracemalloc is tracing.
    """
    if tracemalloc.is_tracing():
        raise Failure(
            "tracemalloc is tracing already, and its traces would be measured too; run it without "
            "PYTHONTRACEMALLOC and -X tracemalloc"
        )
