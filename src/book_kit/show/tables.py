"""Tables in the book's one look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show.markup import Markup, attribute, inline
from measured import units

#: Shares from which on an instrument has seen what was there, and up to which it has not.
_SEEN, _UNSEEN = 0.95, 0.05


@dataclass(frozen=True)
class Seen:
    """In a word, whether an instrument saw the memory that was there; `share` is what it saw."""

    share: Measurement

    def __str__(self) -> str:
        if self.share.unit != "fraction":
            raise ValueError(f"{self.share.name} is in {self.share.unit}, and no share of anything")
        if self.share.low >= _SEEN:
            return "yes"
        return "no" if self.share.high <= _UNSEEN else "partly"


Cell = str | Measurement | Seen | Figure | None

#: Units that stay with each figure: a sign, or none at all.
_IN_THE_CELL = ("fraction", "times", "count")


def table(header: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str) -> Markup:
    """Lay out cells under a header.

    Parameters
    ----------
    header
        One heading a column; the first column names the rows.
    rows
        A measurement shows its median, and its spread and instrument on pointing at it; a figure
        of the classic tutorial is set apart from measured ones; None is an empty cell.
    caption
        What the table shows, in a sentence.

    Raises
    ------
    ValueError
        If a row has more or fewer cells than the header.
    """
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row of {len(row)} cells under {len(header)} headings: {row}")
    numeric = [all(_is_number(row[i]) for row in rows) for i in range(len(header))]
    shared = [_shared_unit([row[i] for row in rows]) for i in range(len(header))]
    marked = [
        "#" * number + (f"{name}, {unit}" if unit else name)
        for name, number, unit in zip(header, numeric, shared, strict=True)
    ]
    body = "".join(f"<tr>{_row(row, shared)}</tr>" for row in rows)
    return Markup(
        frame(inline(caption), marked, body, label=attribute(caption)),
        "\n".join([caption, *(" | ".join(_plain(cell) for cell in row) for row in rows)]),
    )


def frame(caption: str, header: Sequence[str], body: str, *, label: str, kind: str = "") -> str:
    """Put rows of HTML into a table that scrolls by itself where the page is narrow.

    Parameters
    ----------
    caption
        HTML, above the table; none where it is empty.
    header
        One heading a column, as text; one that begins with `#` stands over numbers.
    body
        The rows, as HTML.
    label
        The caption for someone who cannot see the table, as the text of an attribute.
    kind
        A class for the style sheet.
    """
    head = "".join(
        f'<th scope="col"{_class(name.startswith("#"))}>{inline(name.removeprefix("#"))}</th>'
        for name in header
    )
    # The caption stands outside of what scrolls: on a phone it would scroll away with the table.
    above = f'<p class="measured-caption">{caption}</p>' if caption else ""
    return (
        f'{above}<div class="{f"measured-table {kind}".strip()}" role="region" tabindex="0"'
        f' aria-label="{label}"><table class="table">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _shared_unit(cells: Sequence[Cell]) -> str:
    """Return the unit of a column that has but one, to stand in its head; else nothing."""
    shown = [cell for cell in cells if cell is not None]
    found = {"" if isinstance(cell, str | Seen) else cell.unit for cell in shown}
    unit = found.pop() if len(found) == 1 else ""
    return "" if unit in _IN_THE_CELL else unit


def _row(row: Sequence[Cell], shared: Sequence[str]) -> str:
    first, *others = (
        cell_html(cell, with_unit=not unit) for cell, unit in zip(row, shared, strict=True)
    )
    return f'<th scope="row">{first}</th>' + "".join(
        f"<td{_look(cell)}>{html}</td>" for cell, html in zip(row[1:], others, strict=True)
    )


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, str | Seen)


def _look(cell: Cell) -> str:
    return f' class="seen {cell}"' if isinstance(cell, Seen) else _class(_is_number(cell))


def _class(number: bool) -> str:
    return ' class="number"' if number else ""


def cell_html(cell: Cell, *, with_unit: bool = True) -> str:
    """Write one cell, or one figure within a sentence."""
    if isinstance(cell, Measurement):
        if with_unit:
            return number_html(str(cell), cell)
        return number_html(units.digits(cell.median, cell.unit), cell, whole=str(cell))
    if isinstance(cell, Seen):
        return number_html(str(cell), cell.share, whole=str(cell.share))
    if isinstance(cell, Figure):
        text = str(cell) if with_unit else units.digits(cell.value, cell.unit)
        return f'<span class="quoted" title="{attribute(cell.source)}">{inline(text)}</span>'
    return inline(cell or "")


def number_html(text: str, measurement: Measurement, whole: str = "") -> str:
    """Write a measured number with the way in which it was measured behind it.

    `whole` is the number with its unit, where the text is without.

    It is a button: `figures.js` shows what it carries on pointing, on focus and on a tap.  Without
    scripts, what it says of itself is its title.
    """
    evidence = attribute(measurement.evidence())
    values = " ".join(f"{value:.6g}" for value in measurement.values)
    runs = attribute(" ".join(measurement.runs))
    of = f' data-whole="{attribute(whole)}"' if whole else ""
    return (
        f'<button type="button" class="measured" title="{evidence}" data-values="{values}"'
        f' data-runs="{runs}"{of}>{inline(text)}</button>'
    )


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)
