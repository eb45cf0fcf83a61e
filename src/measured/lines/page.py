"""A report as a page of HTML with bars: one file that needs nothing else, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from measured.lines.tables import Line, Report, Table

_PAGE_STYLE = """
body{margin:0;padding:1rem 1.25rem;background:#fff;color:#1d2330}
h1{font:600 1.25rem/1.3 system-ui,sans-serif;margin:.25rem 0 1rem;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{background:#14171d;color:#e4e8f0}}
"""

_STYLE = """
.measured-lines{font:14px/1.45 system-ui,sans-serif;color:#1d2330;background:#fff;max-width:75rem}
.measured-lines table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
.measured-lines caption{text-align:left;font-weight:600;padding:.3rem 0}
.measured-lines th{font-weight:500;text-align:right;color:#566074;border-bottom:1px solid #c6ccd8}
.measured-lines td,.measured-lines th{padding:.05rem .6rem .05rem 0;vertical-align:top;
 background:none}
.measured-lines td{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.measured-lines td.source,.measured-lines th.source{text-align:left;white-space:pre;width:60%;
 font-family:ui-monospace,monospace;font-size:13px}
.measured-lines .wide{overflow-x:auto}
.measured-lines .bar{display:block;height:.4rem;min-width:1px;background:#b4530a}
.measured-lines .bar.kept{background:#1f5fa8;margin-bottom:1px}
.measured-lines .bars{width:9rem;min-width:9rem;text-align:left}
.measured-lines td.bars{padding-top:.3rem}
.measured-lines .key span{white-space:nowrap}
.measured-lines .key .bar{display:inline-block;width:1.5rem;margin:0 .3rem 0 0}
@media (max-width:40rem){.measured-lines table,.measured-lines tbody,.measured-lines thead{
 display:block}
 .measured-lines tr{display:grid;grid-template-columns:3rem repeat(4,1fr)}
 .measured-lines td.source{order:-1;grid-column:1/-1;white-space:pre-wrap;width:auto;
  padding-top:.35rem}
 .measured-lines .bars{grid-column:2/-1;width:auto;padding:0}
 .measured-lines th.source,.measured-lines th.bars,.measured-lines .unread td:not(.source){
  display:none}
 .measured-lines caption{display:block}}
@media (prefers-color-scheme:dark){.measured-lines{color:#e4e8f0;background:#14171d}
 .measured-lines th{color:#a3adbf;border-color:#3a4252}
 .measured-lines .bar{background:#f0943c}.measured-lines .bar.kept{background:#6fa8ec}}
"""


def page(report: Report) -> str:
    """Return the report as a whole document."""
    title = f"Memory by line: {escape(report.program)}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{_PAGE_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n"
        f"{fragment(report)}</main>\n"
        "</body>\n</html>\n"
    )


def fragment(report: Report) -> str:
    """Return the report as a part of a page, such as the output of a notebook's cell."""
    highest = max((table.peak_mib for table in report.tables), default=0.0)
    return "".join(
        [
            f'<style>{_STYLE}</style>\n<div class="measured-lines">\n',
            f"<p>In MiB: {escape(report.instrument)}.</p>\n",
            '<p class="key"><span><i class="bar"></i>peak above where the line began</span> &nbsp; '
            '<span><i class="bar kept"></i>retained</span></p>\n',
            *(part for table in report.tables for part in _table(table, highest)),
            *(f"<p>{escape(note)}</p>\n" for note in report.all_notes),
            "</div>\n",
        ]
    )


def _table(table: Table, highest: float) -> Iterator[str]:
    heading = table.file if table.function == "<module>" else f"{table.function} ({table.file})"
    yield '<div class="wide"><table>\n'
    yield f"<caption>{escape(heading)}</caption>\n<thead><tr><th>line</th>"
    yield "<th>resident</th><th>retained</th><th>peak</th><th>times</th>"
    yield '<th class="bars">peak and retained</th><th class="source">source</th></tr>'
    yield "</thead>\n<tbody>\n"
    for line in table.lines:
        yield from _row(line, highest)
    yield "</tbody></table></div>\n"


def _row(line: Line, highest: float) -> Iterator[str]:
    about = "~" if line.divided else ""
    figures = [
        "" if value is None else f"{sign}{value:,.1f}"
        for sign, value in (
            ("", line.resident_mib),
            (about, line.retained_mib),
            (about, line.peak_mib),
        )
    ]
    unread = "" if line.times else ' class="unread"'
    yield f"<tr{unread}><td>{line.line}</td>"
    yield from (f"<td>{figure}</td>" for figure in figures)
    yield f"<td>{line.times or ''}</td><td class='bars'>"
    for kind, value in (("", line.peak_mib), (" kept", line.retained_mib)):
        if value and highest and value / highest >= 0.005:
            yield f'<span class="bar{kind}" style="width:{min(value / highest, 1):.1%}"></span>'
    yield f'</td><td class="source">{escape(line.source)}</td></tr>\n'
