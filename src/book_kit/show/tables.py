"""Tables in the book's one look."""

from __future__ import annotations

from collections.abc import Sequence

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show.markup import Markup, attribute, inline

Cell = str | Measurement | Figure | None


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
    numeric = [all(not isinstance(row[i], str) for row in rows) for i in range(len(header))]
    marked = ["#" * number + name for name, number in zip(header, numeric, strict=True)]
    body = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
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


def _row(row: Sequence[Cell]) -> str:
    first, *others = row
    return f'<th scope="row">{cell_html(first)}</th>' + "".join(
        f"<td{_class(not isinstance(cell, str))}>{cell_html(cell)}</td>" for cell in others
    )


def _class(number: bool) -> str:
    return ' class="number"' if number else ""


def cell_html(cell: Cell) -> str:
    """Write one cell, or one figure within a sentence."""
    if isinstance(cell, Measurement):
        return number_html(str(cell), cell)
    if isinstance(cell, Figure):
        return f'<span class="quoted" title="{attribute(cell.source)}">{inline(str(cell))}</span>'
    return inline(cell or "")


def number_html(text: str, measurement: Measurement) -> str:
    """Write a measured number with the way in which it was measured behind it.

    It is a button: `figures.js` shows what it carries on pointing, on focus and on a tap.  Without
    scripts, what it says of itself is its title.
    """
    evidence = attribute(measurement.evidence())
    values = " ".join(f"{value:.6g}" for value in measurement.values)
    runs = attribute(" ".join(measurement.runs))
    return (
        f'<button type="button" class="measured" title="{evidence}" data-values="{values}"'
        f' data-runs="{runs}">{inline(text)}</button>'
    )


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)
