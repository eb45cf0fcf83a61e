"""The table of a dict: its slots, which hold the numbers of entries, and the entries in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from book_kit.running.experiment import Result
from book_kit.show.figure_data import Data
from book_kit.show.markup import Markup
from book_kit.show.shapes import SMALL, WIDTHS, Look, grid, legend, picture, words
from book_kit.show.svg import framed

HOLE, FREE = 0, -1  # of an entry; any other is the number of a letter, from 1
EMPTY, DELETED = -1, -2  # of a slot; any other is the number of an entry

_SLOT = Look("--figure-1", 0.14)
_KEY = Look("--figure-1", 0.5)
_GONE = Look("--figure-2", 0.3)
_UNUSED = Look("--figure-muted", 0.0, dashed=True)
_LEGEND = {"number of an entry": _SLOT, "key": _KEY, "deleted": _GONE, "never used": _UNUSED}
_HEIGHT = 22.0  # of a cell
_ACROSS = {True: 32, False: 16}  # cells in a line


def dict_slots(result: Result, states: Mapping[str, str], *, alt: str, caption: str) -> Markup:
    """Draw the table of a dict in one state after another.

    Parameters
    ----------
    result
        What `dict-slots` read: for each state the series `STATE.slots` and `STATE.entries`, and
        the figure `STATE.size`.
    states
        For each state to be drawn what to call it.
    alt
        What the picture shows, for someone who cannot see it; how many slots and entries are in
        use is added.
    caption
        The sentence below it.
    """
    tables = {
        name: (_values(result, name, "slots"), _values(result, name, "entries")) for name in states
    }
    rows = [
        [
            label,
            str(len(tables[name][0])),
            str(sum(entry > 0 for entry in tables[name][1])),
            str(tables[name][1].count(HOLE)),
            str(tables[name][1].count(FREE)),
            str(result[f"{name}.size"]),
        ]
        for name, label in states.items()
    ]
    told = "; ".join(
        f"{label}: {slots} slots, {keys} keys, {holes} holes, {free} free places, {size}"
        for label, slots, keys, holes, free, size in rows
    )
    alt = f"{alt} {told}."

    def drawn(wide: bool) -> str:
        body, y = legend(_LEGEND, 0, wide)
        parts = [body]
        y += 8
        for name, label in states.items():
            slots, entries = tables[name]
            parts.append(words(f"{label}: {result[f'{name}.size']}", 0, y + 13, 13))
            y += 21
            for what, cells in (
                ("slots", [_slot(value) for value in slots]),
                ("entries", [_entry(value) for value in entries]),
            ):
                made, height = _line(what, cells, y, wide)
                parts.append(made)
                y += height + 4
            y += 10
        return picture("".join(parts), y - 13, alt, wide)

    header = ["the dict", "#slots", "#keys", "#holes", "#free places", "#`sys.getsizeof`"]
    return framed(drawn(True) + drawn(False), alt=alt, caption=caption, data=Data(header, rows))


def _values(result: Result, name: str, which: str) -> list[int]:
    return [round(value) for _, value in result.series[f"{name}.{which}"]]


def _slot(value: int) -> tuple[str, Look]:
    if value == EMPTY:
        return "", _UNUSED
    return ("\N{MULTIPLICATION SIGN}", _GONE) if value == DELETED else (str(value), _SLOT)


def _entry(value: int) -> tuple[str, Look]:
    if value == FREE:
        return "", _UNUSED
    if value == HOLE:
        return "\N{MULTIPLICATION SIGN}", _GONE
    return chr(ord("a") + value - 1), _KEY


def _line(what: str, cells: Sequence[tuple[str, Look]], y: float, wide: bool) -> tuple[str, float]:
    """Return cells side by side with what they are before or above them, and their height."""
    left = 60.0 if wide else 1.0
    size = (WIDTHS[wide] - left - 1) // _ACROSS[wide]
    parts = []
    if wide:
        parts.append(words(what, 0, y + 15.5, SMALL[wide]))
    else:
        parts.append(words(what, 0, y + 12, SMALL[wide]))
        y += 17
    parts.append(grid(cells, left, y, (size, _HEIGHT), _ACROSS[wide]))
    lines = -(-len(cells) // _ACROSS[wide])
    return "".join(parts), lines * _HEIGHT + (0 if wide else 17)
