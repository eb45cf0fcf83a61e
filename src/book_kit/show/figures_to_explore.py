"""The book's figures to explore: what a reader chooses, and what each choice shows and says.

Each takes what a page's experiments measured; `book_kit.show.explored` has every combination drawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.recorded import Interpreter, latest
from book_kit.running.experiment import Result
from book_kit.show import light_drawings as draw
from book_kit.show.explored import Control, Explored, View, explored
from book_kit.show.figure_data import Data, number
from book_kit.show.light_drawings import Bar, Stairs
from measured import units

_MIB = 2**20
_BUILD = "this build"

# How a container grows.

#: What the items of each container are called.
_ITEMS = {
    "list": "items",
    "dict": "keys",
    "set": "members",
    "deque": "items",
    "array": "doubles",
    "bytearray": "bytes",
}


def growth(build: Result, *, container: str, python: str, caption: str) -> Explored:
    """Draw how a container grows on this Python, and as it was recorded of another one.

    Parameters
    ----------
    build
        What `object-sizes` measured.
    container, python
        What stands on the page at first: the container, and the label of the other interpreter.
    caption
        As for `explored`.
    """
    others = {one.label: one for one in latest()}
    controls = [
        Control("container", "Container", {name: name for name in _ITEMS}, container),
        Control("python", "Compared with", {one: one for one in others}, python, "select"),
    ]
    here = f"{build.environment['implementation']} {build.environment['python']}"

    def view(container: str, python: str) -> View:
        other, mine = others[python], build.series[container]
        theirs: draw.Points = [(float(x), float(y)) for x, y in other.growth(container)]
        things, end = _ITEMS[container], 200.0
        lines = [Stairs(_BUILD, mine, 0)]
        if theirs:
            lines.insert(0, Stairs(python, theirs, 1, broad=True))
            then = (
                f"on {other.name} it was {_bytes(draw.value_at(theirs, 100))}, and "
                f"{_times(len(theirs) - 1)} (recorded {other.content['recorded']})."
            )
        else:
            then = _not_recorded(other, f"how {_article(container)} {container} grows")
        said = (
            f"{_article(container).capitalize()} {container} of 100 {things} takes "
            f"{_bytes(draw.value_at(mine, 100))} on {here}, which built this page, "
            f"and grows {_times(len(mine) - 1)} on the way to 200; {then}"
        )
        top = max(size for _, size in [*mine, *theirs]) * 1.05
        alt = (
            f"The size of {_article(container)} {container} while {things} are added, on "
            f"{f'{python} and ' if theirs else ''}the Python that built this page: stairs."
        )
        return View(
            draw.stairs(lines, x=f"{things} added", y="size (bytes)", right=end, top=top, alt=alt),
            alt,
            _growth_data(mine, theirs, python, things),
            said,
        )

    return explored("growth", controls, view, caption=caption)


def _growth_data(mine: draw.Points, theirs: draw.Points, python: str, things: str) -> Data:
    places = sorted({at for at, _ in [*mine, *theirs]})
    few = places if len(places) <= 60 else places[:: -(-len(places) // 60)]
    rows = [
        [
            number(at),
            number(draw.value_at(mine, at)),
            *([number(draw.value_at(theirs, at))] if theirs else []),
        ]
        for at in few
    ]
    return Data(
        [f"from {things}", f"#{_BUILD}", *([f"#{python}"] if theirs else [])], rows, "bytes"
    )


def _times(growths: int) -> str:
    return "once" if growths == 1 else "twice" if growths == 2 else f"{growths} times"


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _bytes(size: float) -> str:
    return units.write(size, "bytes")


def _not_recorded(one: Interpreter, what: str) -> str:
    if not one.content["sizes"]:
        return f"{one.name} refuses to say what an object takes."
    return (
        f"of {one.name} it is not known: its record, of {one.content['recorded']}, "
        f"does not say {what}."
    )


# Who survives, and what comes back.

#: Which of the objects survive, by the option of `few-survivors`; for its sentence, too.
SURVIVE = {
    "scattered": ("every n-th", "evenly scattered"),
    "random": ("here and there", "at random places"),
    "contiguous": ("side by side", "side by side in the middle"),
    "first": ("the first", "those that were made first"),
    "last": ("the last", "those that were made last"),
}


def survivors(
    runs: Mapping[tuple[str, int], Result], *, where: str, one_in: int, caption: str
) -> Explored:
    """Draw where survivors stand, and say what came back.

    Parameters
    ----------
    runs
        For each way to survive and each share, as `few-survivors` takes them, what it measured.
    where, one_in
        What stands on the page at first.
    caption
        As for `explored`.
    """
    shares = sorted({share for _, share in runs})
    controls = [
        Control("where", "Survivors", {way: shown for way, (shown, _) in SURVIVE.items()}, where),
        Control("one-in", "One in", {str(n): f"{n:,}" for n in shares}, str(one_in), "range"),
    ]

    def view(**chosen: str) -> View:
        one_in = int(chosen["one-in"])
        found, (_, how) = runs[chosen["where"], one_in], SURVIVE[chosen["where"]]
        cells = found.series["shares"]
        held = sum(share > 0 for _, share in cells)
        title = [
            f"{found['kept']} of {found['alive']} kept",
            f"survivors in {held} of {len(cells)} cells",
        ]
        alt = (
            "A cell for each MiB of addresses where the strings stood, filled as far as survivors "
            f"fill it; of {len(cells)} cells, {held} have one."
        )
        said = (
            f"One string in {one_in:,} survives, {how}: {found['survivors']} of strings. "
            f"Of {found['alive']} the process keeps {found['kept']}, "
            f"and {found['returned']} went back."
        )
        data = Data(
            ["half a million strings", "#memory of the process"],
            [["alive", str(found["alive"])], ["survivors only", str(found["kept"])]],
        )
        return View(draw.cells(cells, title=title, alt=alt), alt, data, said)

    return explored("survivors", controls, view, caption=caption)


# The stairs of pickle.


def pickle_stairs(
    runs: Mapping[int, Result], *, protocol: int, rows: int, caption: str
) -> Explored:
    """Draw the peak of pickling and the memo over the number of rows.

    Parameters
    ----------
    runs
        For each protocol what `pickle-staircase` measured.
    protocol, rows
        What stands on the page at first.
    caption
        As for `explored`.
    """
    sizes = [round(1000 * at) for at, _ in runs[protocol].series["peak"]]
    top = 1.05 * max(mib for found in runs.values() for _, mib in found.series["peak"])
    default = max(runs)
    controls = [
        Control(
            "protocol",
            "Protocol",
            {str(n): f"{n}, the default" if n == default else str(n) for n in runs},
            str(protocol),
        ),
        Control("rows", "Rows", {str(size): f"{size:,}" for size in sizes}, str(rows), "range"),
    ]

    def view(protocol: str, rows: str) -> View:
        found, at = runs[int(protocol)].series, int(rows) / 1000
        peak, memo = (units.write(draw.value_at(found[one], at), "MiB") for one in ("peak", "memo"))
        alt = (
            f"The peak of pickling with protocol {protocol}, and the memo that is left, against "
            f"the number of rows: stairs, with a mark at {int(rows):,} rows."
        )
        drawn = draw.stairs(
            [Stairs("memo", found["memo"], 2), Stairs("peak", found["peak"], 0)],
            x="rows, in thousands",
            y="memory (MiB)",
            right=sizes[-1] / 1000,
            top=top,
            alt=alt,
            mark=at,
        )
        table = [
            [f"{1000 * place:,.0f}", number(peak), number(memo)]
            for (place, peak), (_, memo) in zip(found["peak"], found["memo"], strict=True)
        ]
        said = (
            f"{int(rows):,} rows with protocol {protocol}: memory rises by {peak}. "
            f"The memo takes {memo} in the end."
        )
        return View(drawn, alt, Data(["rows", "#peak", "#memo"], table, "in MiB"), said)

    return explored("stairs", controls, view, caption=caption)


# What an object takes, on every interpreter.

#: With which expression of the probe a group begins.
_GROUPS = {
    "None": "The classic tutorial's values",
    "True": "Numbers and constants",
    "u''": "Text and bytes",
    "()": "Containers and iterators",
    "lambda: None": "Functions and classes",
    "object()": "Instances",
}
_IMPORTED = re.compile(r"__import__\('(\w+)'\)")
_X_AND_Y = re.compile(
    r"\(lambda c: \(setattr\(c, 'x', 1\), setattr\(c, 'y', 2\), (.*?)\)\[-1\]\).*"
)


def sizes(build: Result, expressions: Sequence[str], *, first: str, caption: str) -> Explored:
    """Draw what an object takes on this Python and on all that are on record.

    Parameters
    ----------
    build
        What `object-sizes` measured.
    expressions
        What may be chosen: those of the probe.
    first, caption
        The one that stands on the page at first, and as for `explored`.
    """
    options = {one: _readable(one) for one in expressions}
    controls = [Control("object", "Object", options, first, "select", _GROUPS)]
    here = f"{build.environment['implementation']} {build.environment['python']}"

    def view(object: str) -> View:
        mine = build.get(object) if object in [*build] else None
        known = [(one, one.size(object)) for one in latest()]
        bars = [_size_bar(_BUILD, mine, 1)]
        bars += [_size_bar(one.label, figure, 0, _why_not(one)) for one, figure in known]
        said = f"`{options[object]}` takes {mine or 'no size'} on {here}, which built this page."
        stories = [
            (one.label, figure.value if figure else None)
            for one, figure in known
            if one.is_usual_cpython
        ]
        said += f" Recorded on CPython: {_told(stories)}."
        alt = f"What {options[object]} takes on this Python and on {len(known)} others: bars."
        drawn = draw.bars(
            bars, x="sys.getsizeof (bytes)", top=max(bar.value or 0 for bar in bars), alt=alt
        )
        rows = [
            [one.name, str(one.content["bits"]), one.content["recorded"], str(figure or "")]
            for one, figure in known
        ]
        data = Data(["recorded on", "#bits", "on", "#size"], rows)
        return View(drawn, alt, data, said)

    return explored("sizes", controls, view, caption=caption)


def _readable(expression: str) -> str:
    short = _X_AND_Y.sub(r"\1, of a plain c with x and y", expression)
    return _IMPORTED.sub(r"\1", short)


def _size_bar(label: str, figure: object, color: int, why_not: str = "") -> Bar:
    value = getattr(figure, "median", getattr(figure, "value", None))
    return Bar(label, value, number(value) if value is not None else why_not, color)


def _why_not(one: Interpreter) -> str:
    return "has no such object" if one.content["sizes"] else "refuses to say"


def _told(stories: Sequence[tuple[str, float | None]]) -> str:
    """Tell sizes from version to version, each once as long as it stays."""
    parts = []
    for size, group in groupby(stories, key=lambda story: story[1]):
        labels = [label for label, _ in group]
        when = f"on {labels[0]}" if len(labels) == 1 else f"from {labels[0]} to {labels[-1]}"
        parts.append(f"{_bytes(size)} {when}" if size is not None else f"nothing {when}")
    return ", ".join(parts)


# What points take, by the number of their fields.

#: How points are kept, by the option of `points-as`: what it is called, and its color.
POINTS = {
    "dicts": ("list of dicts", 0),
    "objects": ("list of plain objects", 0),
    "namedtuples": ("list of named tuples", 0),
    "tuples": ("list of tuples", 0),
    "slots": ("list of objects with slots", 0),
    "lists": ("lists of floats", 1),
    "arrays": ("array.array", 2),
    "numpy-columns": ("NumPy arrays", 2),
    "numpy-records": ("a structured NumPy array", 2),
}


def points(runs: Mapping[int, Mapping[str, Result]], *, fields: int, caption: str) -> Explored:
    """Draw what a million points take, by how they are kept.

    Parameters
    ----------
    runs
        For each number of fields and each way of keeping points what `points-as` measured.
    fields
        What stands on the page at first.
    caption
        As for `explored`.
    """
    found = {n: {how: run.get("each") for how, run in runs[n].items()} for n in sorted(runs)}
    every = [one.median for ways in found.values() for one in ways.values() if one]
    top = max(every) * 1e6 / _MIB
    longest = units.write(top, "MiB")
    control = Control("fields", "Fields", {str(n): str(n) for n in found}, str(fields), "range")

    def view(fields: str) -> View:
        ways = found[int(fields)]
        bars = [
            Bar(name, *_of_a_million(ways[how]), color) for how, (name, color) in POINTS.items()
        ]
        said = (
            f"A million points of {fields} {'field' if fields == '1' else 'fields'} take "
            f"{_of_a_million(ways['dicts'])[1]} as dicts, {_of_a_million(ways['slots'])[1]} as "
            f"objects with slots, and {_of_a_million(ways['arrays'])[1]} as columns of "
            "`array.array`."
        )
        alt = f"What points of {fields} floats take, by how they are kept: bars."
        rows = [
            [name, str(ways[how] or ""), _of_a_million(ways[how])[1]]
            for how, (name, _) in POINTS.items()
        ]
        data = Data(["kept as", "#each", "#a million"], rows)
        return View(
            draw.bars(
                bars, x="memory of a million points (MiB)", top=top, alt=alt, longest=longest
            ),
            alt,
            data,
            said,
        )

    return explored("points", [control], view, caption=caption)


def _of_a_million(each: Measurement | None) -> tuple[float | None, str]:
    if each is None:
        return None, "not measured here"
    mib = each.median * 1e6 / _MIB
    return mib, units.write(mib, "MiB")
