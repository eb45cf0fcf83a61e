"""What a cell of a chapter may call: run an experiment, show it, and claim something of it.

Every figure that a call here returns is also kept with the page under its name, so that prose can
quote it with the role `measured`, and every claim is kept for the ledger.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from IPython import get_ipython
from IPython.display import publish_display_data

from book_kit import project, protocol
from book_kit.evidence.claims import (
    STATES,
    VERDICTS,
    Bound,
    Claim,
    for_this_version,
    other_allocator,
)
from book_kit.evidence.original import figure as original
from book_kit.evidence.quantity import Measurement
from book_kit.evidence.recorded import figure as recorded
from book_kit.protocol import Beside, Kept, Run
from book_kit.running import experiment, line_tables, stepping
from book_kit.running.experiment import Result, Unavailable
from book_kit.running.line_tables import LineTable
from book_kit.show import (
    arena_drawing,
    graph_figures,
    object_cells,
    step_drawing,
    step_pictures,
    tables,
)
from book_kit.show import bars as bar_pictures
from book_kit.show import curves as curves_to_choose
from book_kit.show import dict_slots as slot_pictures
from book_kit.show import explored as explored_figures
from book_kit.show import floors as floor_figures
from book_kit.show import history as recorded_history
from book_kit.show import lines as line_pictures
from book_kit.show import moments as moment_pictures
from book_kit.show import over_time as time_pictures
from book_kit.show import strips as strip_pictures
from book_kit.show import waiting as waiting_pictures
from book_kit.show.curves import Curve
from book_kit.show.line_tables import side_by_side
from book_kit.show.markup import Markup, attribute, inline
from measured.object_graph import Graph

__all__ = [
    "Curve",
    "arena",
    "bars",
    "claim",
    "curves",
    "dict_slots",
    "explore",
    "floors",
    "graph",
    "history",
    "line_tables_of",
    "lines",
    "moments",
    "number",
    "objects",
    "original",
    "over_time",
    "over_versions",
    "recorded",
    "run",
    "steps",
    "strips",
    "sweep",
    "table",
    "waiting",
]

# Matplotlib takes most of a second to import: it may do so while the first experiment runs.
_importing = threading.Thread(
    target=importlib.import_module, args=["matplotlib.figure"], daemon=True
)
_importing.start()


def _be_still(cell: Any) -> None:
    """Have nothing else take memory while a cell runs that calls nothing of this module."""
    if not any(f"{name}(" in cell.raw_cell for name in __all__):
        _importing.join()


class _Cell:
    """What the running cell keeps and shows: one message to the page when the cell ends.

    Each message costs more than what it carries: it is published, received and validated.
    """

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._kept: list[Kept] = []
        self._shown: list[Markup] = []
        self._shell = get_ipython()
        if self._shell is not None:
            self._shell.events.register("post_execute", self.end)
            self._shell.events.register("pre_run_cell", _be_still)

    def keep(self, name: str, kept: Kept) -> None:
        if name in self._names:
            raise ValueError(f"this page keeps {name!r} twice")
        self._names.add(name)
        self._kept.append(kept)
        if self._shell is None:
            self.end()

    def show(self, markup: Markup) -> None:
        self._shown.append(markup)
        if self._shell is None:
            self.end()

    def end(self) -> None:
        """Send what has gathered, to be read back by the book's extension and to be seen."""
        if not self._kept and not self._shown:
            return
        # An output without any representation is nothing to see: the build drops it.
        bundle = {}
        if self._shown:
            bundle["text/plain"] = "\n".join(one.text for one in self._shown)
            bundle["text/html"] = "".join(one.html for one in self._shown)
        publish_display_data(  # type: ignore[no-untyped-call]
            bundle, {protocol.METADATA: Kept.together(self._kept).as_json()}
        )
        self._kept, self._shown = [], []

    def say(self, text: str) -> None:
        """Print, below whatever the cell has shown so far."""
        if self._shown:
            self.end()
        print(text)


#: Where each experiment of this page ran, by its key.
_ENVIRONMENTS: dict[str, Mapping[str, str]] = {}

_CELL = _Cell()
_keep, _show = _CELL.keep, _CELL.show


def number(name: str, measurement: Measurement) -> Measurement:
    """Keep a figure under a name of its own, for prose to quote."""
    named = replace(measurement, name=name)
    _keep(name, Kept(figures=(named,)))
    return named


def _on_demand(name: str, text: str, ending: str) -> Beside:
    """Keep what is fetched when a reader asks for it; return it, with its address for the HTML."""
    made = Beside(name, ending, text)
    _keep(f"{name}.{ending} on demand", Kept(beside=(made,)))
    return made


def run(
    script: str,
    *arguments: object,
    repeats: int = 3,
    key: str | None = None,
    environment: Mapping[str, str] | None = None,
    show: bool = True,
) -> Result:
    """Run an experiment in fresh interpreters, show what it printed, and keep its figures.

    Parameters are those of `book_kit.running.experiment.run`; with `show=False` the output stays
    off the page.
    """
    result = experiment.run(script, *arguments, repeats=repeats, key=key, environment=environment)
    _keep_run(result, result.measurements.values(), repeats, result.peak_mib)
    if show:
        _CELL.say(f"$ {result.command}\n{result.output}".rstrip("\n"))
    return result


def sweep(
    script: str,
    option: str,
    values: Sequence[object],
    *arguments: object,
    repeats: int = 3,
    environment: Mapping[str, str] | None = None,
) -> dict[Any, Result]:
    """Run an experiment for each value of one option; figures begin with `SCRIPT[VALUE]`."""
    return {
        value: run(
            script,
            *arguments,
            option,
            value,
            repeats=repeats,
            key=f"{script}[{value}]",
            environment=environment,
            show=False,
        )
        for value in values
    }


@dataclass(frozen=True)
class LinesOf:
    """What two instruments say of the lines that a chapter asked for, each by its name."""

    increment: Mapping[str, Measurement]
    peak: Mapping[str, Measurement]
    retained: Mapping[str, Measurement]


def line_tables_of(
    script: str, *arguments: object, lines: Mapping[str, str], repeats: int = 3
) -> LinesOf:
    """Run an experiment under memory_profiler and under `python -m measured`; show both tables.

    Parameters
    ----------
    lines
        For each line to be kept, its name and how its code begins.  Prose quotes memory_profiler's
        Increment as `SCRIPT.lines.NAME`, and this project's figures as `SCRIPT.peaks.NAME` and
        `SCRIPT.stays.NAME`.
    """
    profiled, measured = (
        line_tables.run(instrument, script, *arguments, repeats=repeats, key=f"{script}.{prefix}")
        for instrument, prefix in (
            (line_tables.MEMORY_PROFILER, "lines"),
            (line_tables.MEASURED, "peaks"),
        )
    )

    def kept(table: LineTable, figure: str, prefix: str) -> dict[str, Measurement]:
        return {
            name: replace(table.line(beginning).figures[figure], name=f"{script}.{prefix}.{name}")
            for name, beginning in lines.items()
        }

    found = LinesOf(
        kept(profiled, "increment", "lines"),
        kept(measured, "peak", "peaks"),
        kept(measured, "retained", "stays"),
    )
    _keep_run(profiled, found.increment.values(), repeats, None)
    _keep_run(measured, [*found.peak.values(), *found.retained.values()], repeats, None)
    _CELL.say(f"$ {profiled.command}\n$ {measured.command}")
    caption = (
        f"{script}.py line by line, in MiB: what memory_profiler calls Increment, and beside it how"
        " far memory rose in the line (orange) and how much of that stayed (blue)"
    )
    _show(side_by_side(profiled, measured, caption))
    return found


def _keep_run(
    result: Result | LineTable,
    figures: Iterable[Measurement],
    repeats: int,
    peak_mib: float | None,
) -> None:
    made = Run(
        result.key,
        result.command,
        project.shown(project.script(result.script)),
        tuple(figures),
        repeats,
        result.seconds,
        result.waited,
        peak_mib,
        result.environment,
    )
    _keep(f"run {result.key}: {result.command}", Kept(runs=(made,)))
    _ENVIRONMENTS[result.key] = result.environment


def claim(
    name: str,
    statement: str | Mapping[str, str],
    measured: Callable[[], Measurement] | Measurement,
    *,
    script: str,
    needs: Sequence[str] = (),
    at_least: float | None = None,
    at_most: float | None = None,
    exactly: float | Mapping[str, float] | None = None,
    answers: str = "",
) -> None:
    """Claim something, check it, show it with its verdict, and keep it for the ledger.

    Parameters
    ----------
    name
        Its id in the ledger.
    statement
        The sentence that is claimed; a map of first versions to sentences where it changed, so
        that what is said is what this build has tested.
    measured
        The figure, or a function that fetches it where a machine may not have it.
    script
        The experiment that measured it.
    needs
        The allocators that it is about: `pymalloc` behind small objects, `glibc` behind `malloc`.
        Where an experiment had another, nothing is claimed.
    at_least, at_most
        The ends of the range that every repeat must lie in.
    exactly
        The one value that it must have; a map of first versions to values where it changed.
    answers
        The exercise that it would answer before the reader has, in words: the claim is folded.
    """
    if isinstance(exactly, Mapping):
        exactly = for_this_version(exactly, sys.version_info[:3])
    if isinstance(statement, Mapping):
        statement = for_this_version(statement, sys.version_info[:3])
    bound = Bound(exactly, exactly) if exactly is not None else Bound(at_least, at_most)
    figure, why_not = None, ""
    try:
        figure = measured() if callable(measured) else measured
        why_not = other_allocator(needs, (_ENVIRONMENTS[key] for key in figure.runs))
    except Unavailable as missing:
        why_not = missing.reason
    if why_not:
        figure = None
    place = project.shown(project.script(script)).removeprefix("scripts/").removesuffix(".py")
    runs = figure.runs if figure else ()
    made = Claim(name, statement, bound, figure, place, why_not, runs=runs)
    _keep(f"claim {name}", Kept(claims=(made,)))
    _show(_folded(_claim_box(made), answers) if answers else _claim_box(made))


def _folded(box: Markup, answers: str) -> Markup:
    return Markup(
        f'<details class="folded-claim"><summary>The claim behind {inline(answers)}</summary>'
        f"{box.html}</details>",
        box.text,
    )


def _claim_box(made: Claim) -> Markup:
    verdict, state = VERDICTS[made.holds], STATES[made.holds]
    if made.measured is None:
        evidence = inline(made.why_not)
    else:
        shown = tables.number_html(str(made.measured), made.measured)
        runs = f"{made.measured.n} runs" if made.measured.n > 1 else "1 run"
        spread = f", {made.measured.spread()}" if made.measured.low != made.measured.high else ""
        wanted = made.bound.in_words(made.measured.unit)
        evidence = f"measured {shown} ({runs}{inline(spread)}); claimed {inline(wanted)}"
    anchor = f"claim-{attribute(made.id)}"
    return Markup(
        f'<div class="claim {state}" id="{anchor}">'
        f'<p class="claim-statement"><a class="claim-id" href="#{anchor}">{inline(made.id)}</a> '
        f"{inline(made.statement)}</p>"
        f'<p class="claim-evidence"><span class="claim-verdict">{verdict}</span> {evidence}</p>'
        f"</div>",
        f"{made.id}: {made.statement} [{verdict}]",
    )


def table(header: Sequence[str], rows: Sequence[Sequence[tables.Cell]], *, caption: str) -> None:
    """Show a table; see `book_kit.show.tables.table`."""
    _show(tables.table(header, rows, caption))


def bars(
    rows: Sequence[Any], *, x: str, alt: str, caption: str, groups: Sequence[str] = ()
) -> None:
    """Show bars; see `book_kit.show.bars.bars`."""
    _show(bar_pictures.bars(rows, x=x, alt=alt, caption=caption, groups=groups))


def dict_slots(result: Result, states: Mapping[str, str], *, alt: str, caption: str) -> None:
    """Show the table of a dict in several states; see `book_kit.show.dict_slots.dict_slots`."""
    _show(slot_pictures.dict_slots(result, states, alt=alt, caption=caption))


def explore(figure: explored_figures.Explored) -> None:
    """Show a figure to explore, such as those of `book_kit.show.figures_to_explore`."""
    addresses = [_on_demand(name, text, "json").address for _, name, text in figure.files]
    _show(figure.markup(addresses))


def floors(columns: Sequence[str], rows: Sequence[floor_figures.Floor], **options: Any) -> None:
    """Show how much is seen from each floor; see `book_kit.show.floors.floors`."""
    _show(floor_figures.floors(columns, rows, **options))


def arena(found: Result, *, alt: str, caption: str) -> None:
    """Show what `inside-an-arena` found, or why it cannot; see `book_kit.show.arena_drawing`."""
    try:
        drawn = arena_drawing.of_result(found)
    except Unavailable as missing:
        _show(Markup(f"<p>No picture of an arena: {inline(missing.reason)}.</p>", missing.reason))
    else:
        _show(arena_drawing.arena(drawn, alt=alt, caption=caption))


def graph(drawn: Graph, *, alt: str, caption: str) -> None:
    """Show names, objects and references; see `book_kit.show.graph_figures.graph`."""
    _show(graph_figures.graph(drawn, alt=alt, caption=caption))


def moments(
    parts: Mapping[str, Measurement],
    alive: Mapping[str, Sequence[str]],
    *,
    alt: str,
    caption: str,
) -> None:
    """Show what is in memory at one moment after another; see `book_kit.show.moments.moments`."""
    _show(moment_pictures.moments(parts, alive, alt=alt, caption=caption))


def objects(result: Result, rows: Mapping[str, Sequence[str]], *, alt: str, caption: str) -> None:
    """Show the bytes of objects as cells; see `book_kit.show.object_cells.objects`."""
    _show(object_cells.objects(result, rows, alt=alt, caption=caption))


def lines(series: Mapping[str, Sequence[tuple[float, float]]], **options: Any) -> None:
    """Show lines; see `book_kit.show.lines.lines`."""
    _show(line_pictures.lines(series, **options))


def curves(choices: Sequence[Curve], *, caption: str) -> None:
    """Show curves to choose from; see `book_kit.show.curves.choice`."""
    _show(curves_to_choose.choice(choices, caption=caption))


def steps(name: str, *, caption: str) -> None:
    """Show a program of `book/steps` to step through; its pictures are fetched when it begins.

    Parameters
    ----------
    name
        Its file, without `.py`.
    caption
        The sentence below it.
    """
    made = stepping.record(name)
    drawn = step_drawing.draw(made)
    pictures = _on_demand(f"steps-{name}", step_pictures.as_json(made, drawn), "json")
    file = _on_demand(f"steps-{name}", step_pictures.as_file(made, drawn), "svg")
    _show(step_pictures.element(made, pictures.address, file.address, caption))


def strips(rows: Mapping[str, Sequence[tuple[float, float]]], *, alt: str, caption: str) -> None:
    """Show strips of cells; see `book_kit.show.strips.strips`."""
    _show(strip_pictures.strips(rows, alt=alt, caption=caption))


def waiting(result: Result, *, alt: str, caption: str) -> None:
    """Show how many objects wait for the collector; see `book_kit.show.waiting.waiting`."""
    _show(waiting_pictures.waiting(result.series["waiting"], alt=alt, caption=caption))


def history(
    rows: Mapping[str, str],
    build: Mapping[str, Result],
    **options: Any,
) -> None:
    """Show recorded figures, an interpreter a column; see `book_kit.show.history.table`."""
    _show(recorded_history.table(rows, build, **options))


def over_time(ways: Mapping[str, Result], *, call: str, y: str, alt: str, caption: str) -> None:
    """Show memory over the time of a call; see `book_kit.show.over_time.over_time`."""
    _show(time_pictures.over_time(ways, call=call, y=y, alt=alt, caption=caption))


def over_versions(series: Mapping[str, str], **options: Any) -> None:
    """Show recorded figures from version to version; see `book_kit.show.history.lines`."""
    _show(recorded_history.lines(series, **options))
