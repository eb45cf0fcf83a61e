"""What a picture shows as a table of numbers below it: folded, and thinned where it is long."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import frame
from measured import units

#: More rows than these nobody reads; and fewer than these are shown as they are.
MOST_ROWS, FEW_ROWS = 60, 20

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Data:
    """The numbers of a picture, written as a reader wants them.

    Attributes
    ----------
    header
        One heading a column, with its unit; one that begins with `#` stands over numbers.
    rows
        The cells, the name of the row first.
    note
        What has to be said of them; may be empty.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def folded(self, caption: str) -> str:
        """Return the table as HTML that opens below a picture with this caption."""
        numeric = [name.startswith("#") for name in self.header]
        body = "".join(f"<tr>{''.join(_cells(row, numeric))}</tr>" for row in self.rows)
        label = attribute(f"The data of: {caption}")
        shown = frame(inline(self.note), self.header, body, label=label, kind="figure-data-table")
        return (
            '<details class="figure-data" data-pagefind-ignore="all">'
            f"<summary>Data</summary>{shown}</details>"
        )


def _cells(row: Sequence[str], numeric: Sequence[bool]) -> Iterator[str]:
    yield f'<th scope="row">{inline(row[0])}</th>'
    for cell, number in zip(row[1:], numeric[1:], strict=True):
        yield f'<td class="number">{inline(cell)}</td>' if number else f"<td>{inline(cell)}</td>"


def of_bars(
    rows: Sequence[tuple[str, Measurement | Figure] | tuple[str, Measurement | Figure, int]],
    groups: Sequence[str],
    name: str,
) -> Data:
    """Return the figure of each bar, and the lowest and the highest run where runs differ."""
    spread = any(_spread(figure) for _, figure, *_ in rows)
    unit = rows[0][1].unit
    header = ["bar", *(["group"] if groups else []), f"#{with_unit(name, unit)}"]
    header += ["#lowest run", "#highest run"] if spread else []
    written = []
    for label, figure, *group in rows:
        values = [figure.median] if isinstance(figure, Measurement) else [figure.value]
        ends = _spread(figure)
        cells = [units.digits(value, unit) for value in (*values, *ends)]
        cells += [""] * (2 * spread - len(ends))
        written.append([label, *([groups[group[0]]] if groups and group else []), *cells])
    return Data(header, written)


def _spread(figure: Measurement | Figure) -> tuple[float, ...]:
    if isinstance(figure, Figure):
        return ()
    low, high = (units.digits(value, figure.unit) for value in (figure.low, figure.high))
    return (figure.low, figure.high) if low != high else ()


def of_lines(
    series: Mapping[str, Points],
    *,
    x: str,
    y: str,
    steps: bool,
    at: Callable[[float], str],
    write: Callable[[float], str],
    kept: Sequence[float] = (),
) -> Data:
    """Return the points of lines, a row for each place.

    Parameters
    ----------
    series, x, y, steps
        As for `book_kit.show.lines.lines`.
    at, write
        Write a place and a value.
    kept
        Places whose rows stay whatever else is left out.
    """
    places = sorted({place for points in series.values() for place, _ in points})
    values = {
        place: [_value(points, place, steps) for points in series.values()] for place in places
    }
    notes = [y]
    if steps and len(places) > FEW_ROWS:
        changes = [
            place
            for before, place in zip([None, *places], places, strict=False)
            if before is None or values[place] != values[before]
        ]
        shown = sorted({*changes, places[-1]})
        if len(shown) < len(places):
            notes.append("a row wherever something changes")
        places = shown
    if len(places) > MOST_ROWS:
        always = {*kept, *_ends_and_short_lines(series)} & {*places}
        every = math.ceil(len(places) / (MOST_ROWS - len(always)))
        notes.append(f"one of every {every} of {len(places):,} rows")
        places = sorted({*places[::every], *always})
    rows = [
        [at(place), *("" if value is None else write(value) for value in values[place])]
        for place in places
    ]
    return Data([x, *(f"#{label}" for label in series)], rows, "; ".join(notes))


def _ends_and_short_lines(series: Mapping[str, Points]) -> set[float]:
    return {
        place
        for points in series.values()
        for place, _ in (points if len(points) <= 10 else (points[0], points[-1]))
    }


def _value(points: Points, place: float, steps: bool) -> float | None:
    """Return what a line has at a place: there, or, of stairs, since the last point before."""
    number = bisect_right(points, place, key=lambda point: point[0]) - 1
    if number < 0 or (points[number][0] != place and not steps):
        return None
    return points[number][1]


def of_strips(rows: Mapping[str, Points]) -> Data:
    """Return how full each cell is; cells side by side that are equally full share a row."""
    places = sorted({place for cells in rows.values() for place, _ in cells})
    full = {label: dict(cells) for label, cells in rows.items()}
    runs: list[tuple[float, float, list[str]]] = []
    for place in places:
        written = [
            units.digits(cells[place], "fraction") if place in cells else ""
            for cells in full.values()
        ]
        if runs and runs[-1][2] == written:
            runs[-1] = (runs[-1][0], place, written)
        else:
            runs.append((place, place, written))
    shown = [
        [number(first) if first == last else f"{number(first)} to {number(last)}", *written]
        for first, last, written in runs
    ]
    return Data(["cell", *(f"#{label}" for label in rows)], shown, "filled, in percent")


def one_unit(units_by_label: Mapping[str, str]) -> str:
    """Return the unit that all figures of a picture have: one scale can show no other.

    Raises
    ------
    ValueError
        If there are several, or no figure at all; the message names a figure of each.
    """
    firsts: dict[str, str] = {}
    for label, unit in units_by_label.items():
        firsts.setdefault(unit, label)
    if len(firsts) != 1:
        named = ", ".join(f"{label} in {unit}" for unit, label in firsts.items())
        problem = f"figures in more than one unit: {named}" if firsts else "no figures"
        raise ValueError(f"{problem}; show figures of one unit, convert the others")
    return next(iter(firsts))


def with_unit(name: str, unit: str) -> str:
    """Write what is measured with its unit, unless the name says that already."""
    if unit == "fraction":
        return f"{name} (%)"
    if unit in ("", "times", "copies", "count"):
        return name
    return f"{name} ({unit.removesuffix(' each')})"


def number(value: float) -> str:
    """Write a number with at least four digits that count, and no exponent."""
    if value == round(value) or abs(value) >= 1000:
        written = f"{value:,.0f}"
    else:
        decimals = 3 - math.floor(math.log10(abs(value)))
        written = f"{value:,.{decimals}f}".rstrip("0").rstrip(".")
    return written.replace("-", "\N{MINUS SIGN}")
