"""What interpreters of thirteen years said, side by side with this build: tables and pictures.

Every recorded figure keeps its provenance: pointing at it shows who was asked, where and when.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.evidence.recorded import Interpreter, latest
from book_kit.running.experiment import Result
from book_kit.show import lines as line_pictures
from book_kit.show.figure_data import one_unit
from book_kit.show.markup import Markup, attribute, inline
from book_kit.show.tables import frame, number_html
from measured import units


def table(
    rows: Mapping[str, str],
    build: Mapping[str, Result],
    *,
    caption: str,
    what: str = "object",
    others: Sequence[str] = (),
    since: str = "",
) -> Markup:
    """Lay out one quantity a row and one interpreter a column, this build first.

    Parameters
    ----------
    rows
        For each row's heading the recorded name of its figures, as
        `book_kit.evidence.recorded.figure` takes it.  A heading that is the name itself is code.
    build
        What this build measured: for each job its result, and under `""` that of `object-sizes`.
        Without any, there is no column for it.
    caption
        What is shown, with its unit: the cells are bare numbers.
    what
        What the headings of the rows are.
    others
        Interpreters besides CPython on 64 bits to give a column to.
    since
        The first version of CPython to give a column to; all of them if empty.

    A cell that differs from the column before it is marked, with a sign for more or for less, so
    that changes catch the eye.

    Raises
    ------
    ValueError
        If the figures are not all in one unit.
    """
    versions = [one for one in cpythons() if not since or _order(one.label) >= _order(since)]
    columns = [*versions, *(one for one in latest() if one.label in others)]
    _one_unit(rows, columns, build)
    header = [what, *(["#this build"] if build else []), *(f"#{one.label}" for one in columns)]
    body = "".join(
        _row(heading, name, columns, len(versions), build) for heading, name in rows.items()
    )
    plain = "\n".join([caption, *rows])
    return Markup(
        frame(inline(caption), header, body, label=attribute(caption), kind="history"), plain
    )


def lines(
    series: Mapping[str, str],
    *,
    y: str,
    alt: str,
    caption: str,
    why: Mapping[str, str] | None = None,
) -> Markup:
    """Draw recorded figures of CPython on 64 bits from version to version, a line each.

    Parameters
    ----------
    series
        For each line's label the recorded name of its figures.
    y, alt, caption, why
        As for `book_kit.show.lines.lines`; `why` goes by version.

    Raises
    ------
    ValueError
        If the figures are not all in one unit.
    """
    columns = cpythons()
    _one_unit(series, columns, {})
    points = {}
    for label, name in series.items():
        found = ((place, _recorded(one, name)) for place, one in enumerate(columns))
        points[label] = [(place, figure.value) for place, figure in found if figure is not None]
    return line_pictures.lines(
        points,
        x="version of CPython",
        y=y,
        alt=alt,
        caption=caption,
        steps=True,
        ticks=[one.label for one in columns],
        why=why,
    )


def cpythons() -> list[Interpreter]:
    """Return the latest recorded interpreter of each version of CPython on 64 bits.

    Free-threaded builds and those for debugging are no part of that row: their objects are larger.
    """
    return [one for one in latest() if one.is_usual_cpython]


def _one_unit(
    names: Mapping[str, str], columns: Sequence[Interpreter], build: Mapping[str, Result]
) -> None:
    """Refuse bare numbers side by side that are in different units."""
    found = {
        f"{heading} ({one.label})": _recorded(one, name)
        for heading, name in names.items()
        for one in columns
    }
    units_of = {where: figure.unit for where, figure in found.items() if figure is not None}
    here = {f"{heading} (this build)": _measured(name, build) for heading, name in names.items()}
    units_of |= {where: figure.unit for where, figure in here.items() if figure is not None}
    if units_of:
        one_unit(units_of)


def _recorded(one: Interpreter, name: str) -> Figure | None:
    try:
        return one.figure(name)
    except LookupError:
        return None


def _row(
    heading: str,
    name: str,
    columns: Sequence[Interpreter],
    versions: int,
    build: Mapping[str, Result],
) -> str:
    """Write a row; of its columns the first `versions` follow each other in time."""
    shown = f"<code>{html.escape(heading)}</code>" if heading == name else inline(heading)
    cells = [f'<th scope="row">{shown}</th>']
    if build:
        cells.append(_measured_cell(_measured(name, build)))
    before: Figure | None = None
    for place, one in enumerate(columns):
        figure = _recorded(one, name)
        if figure is None:
            cells.append('<td class="number quoted"></td>')
            continue
        look = ""
        if place < versions and before is not None and _differ(before, figure):
            look = " changed" if figure.value > before.value else " changed less"
        cells.append(
            f'<td class="number quoted{look}"'
            f' title="{attribute(figure.source)}">{units.digits(figure.value, figure.unit)}</td>'
        )
        before = figure
    return f"<tr>{''.join(cells)}</tr>"


def _order(label: str) -> tuple[int, ...]:
    return tuple(map(int, label.split(".")))


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two recorded figures differ by more than runs do."""
    difference = abs(one.value - other.value)
    if one.unit != "MiB":
        return difference > 0
    return difference > 1 and difference > 0.1 * max(abs(one.value), abs(other.value))


def _measured(name: str, build: Mapping[str, Result]) -> Measurement | None:
    job, _, step = name.partition(".")
    if job in build and step:
        return build[job].get(step)
    result = build.get("")
    return result.get(name) if result is not None and name in [*result] else None


def _measured_cell(measured: Measurement | None) -> str:
    if measured is None:
        return '<td class="number"></td>'
    bare = number_html(units.digits(measured.median, measured.unit), measured)
    return f'<td class="number">{bare}</td>'
