"""Two tables of the same lines side by side: what each instrument says of a function."""

from __future__ import annotations

import html
from collections.abc import Iterator

from book_kit.evidence.quantity import Measurement
from book_kit.running.line_tables import Line, LineTable
from book_kit.show.markup import Markup, attribute
from book_kit.show.tables import frame, number_html
from measured import units

_HEADER = ["line", "#memory_profiler", "#peak", "#retained"]


def side_by_side(profiled: LineTable, measured: LineTable, caption: str) -> Markup:
    """Lay out the lines of a script with the figures of both instruments; the caption says MiB.

    Parameters
    ----------
    profiled, measured
        What `run` returned for one script, under memory_profiler and under this project's own.
    caption
        HTML, above the table.
    """
    increments = {line.number: line.figures["increment"] for line in profiled.lines}
    highest = max(line.figures["peak"].median for line in measured.lines)
    indents: dict[str, int] = {}
    for line in measured.lines:
        indent = len(line.source) - len(line.source.lstrip())
        indents[line.function] = min(indent, indents.get(line.function, indent))
    body: list[str] = []
    plain, function = [], ""
    for line in measured.lines:
        if line.function != function:
            function = line.function
            body.append(
                ("</tbody><tbody>" if body else "")
                + f'<tr><th scope="rowgroup" colspan="{len(_HEADER)}">'
                f"<code>{html.escape(function)}</code></th></tr>"
            )
        increment = increments.get(line.number)
        body.append("".join(_row(line, increment, highest, indents[function])))
        plain.append(f"{line.source} | {increment} | {line.figures['peak']}")
    return Markup(
        frame(caption, _HEADER, "".join(body), label=attribute(caption), kind="line-tables cards"),
        "\n".join(plain),
    )


def _row(line: Line, increment: Measurement | None, highest: float, indent: int) -> Iterator[str]:
    peak, retained = line.figures["peak"], line.figures["retained"]
    source = html.escape(line.source[indent:])
    yield f'<tr><th scope="row"><code><i>{line.number}</i>{source}</code>'
    bars = "".join(
        f'<rect class="{kind}" y="{y}" width="{100 * figure.median / highest:.1f}" height="5"/>'
        for kind, y, figure in (("peak", 0, peak), ("kept", 6, retained))
        if figure.median > highest / 200
    )
    if bars:
        yield '<svg viewBox="0 0 100 11" preserveAspectRatio="none" aria-hidden="true">'
        yield f"{bars}</svg>"
    yield "</th>"
    for figure in (increment, peak, retained):
        shown = ""
        if figure is not None:
            shown = number_html(units.digits(figure.median, figure.unit, signed=True), figure)
        yield f'<td class="number">{shown}</td>'
    yield "</tr>"
