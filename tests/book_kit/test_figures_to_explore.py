"""The book's figures to explore: each picture and each sentence tell what was measured."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

import pytest

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.recorded import interpreter, latest
from book_kit.running.experiment import Result
from book_kit.show import figures_to_explore
from book_kit.show.explored import LARGEST, Explored
from book_kit.show.light_drawings import value_at
from measured import probe, units

HERE = {"implementation": "CPython", "python": "3.99.1", "bits": "64"}
Points = list[tuple[float, float]]


def result(
    figures: Mapping[str, tuple[float, str]], series: Mapping[str, Points] | None = None
) -> Result:
    made = {
        name: Measurement(name, unit, (value,), "scale") for name, (value, unit) in figures.items()
    }
    return Result("script", "", "script", made, "", 0, 0, series=series or {}, environment=HERE)


def views(
    figure: Explored, *options: Iterable[object]
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the choice and the parts of each combination."""
    parts = [it for _, _, text in figure.files for it in json.loads(text)]
    assert all(len(text.encode()) <= LARGEST for _, _, text in figure.files)
    return zip((tuple(map(str, it)) for it in product(*options)), parts, strict=True)


def test_growth_says_what_each_interpreter_was_asked_and_what_nobody_asked() -> None:
    containers = ["list", "dict", "set", "deque", "array", "bytearray"]
    mine = probe.sizes()["growth"]
    build = result({}, {name: [(float(x), float(y)) for x, y in mine[name]] for name in containers})
    figure = figures_to_explore.growth(build, container="list", python="3.8", caption="It grows")
    labels = [one.label for one in latest()]
    for (container, label), (picture, said, data) in views(figure, containers, labels):
        one = interpreter(label)
        assert units.write(value_at(build.series[container], 100), "bytes") in said
        theirs = one.growth(container)
        assert ("stroke-opacity" in picture) == bool(theirs)
        if theirs:
            assert (
                units.write(value_at([(float(x), float(y)) for x, y in theirs], 100), "bytes")
                in said
            )
            assert one.content["recorded"] in said
            assert f">{label}</th>" in data
        elif one.content["sizes"]:
            assert f"does not say how a {container} grows" in said.replace("an array", "a array")
        else:
            assert "refuses" in said


def test_interpreters_that_are_out_of_reach_are_not_asked_about_by_a_guess() -> None:
    """Records of 2026-11-24 know no deque: the figure must not draw one for them."""
    silent = {one.label for one in latest() if not one.growth("deque")}
    assert silent >= {"PyPy"}
    assert {"2.7", "3.6", "3.13", "wasm32"}.isdisjoint(silent)


def test_the_cells_are_those_where_a_survivor_stands() -> None:
    runs = {}
    for number, (way, few) in enumerate(product(figures_to_explore.SURVIVE, [2, 100])):
        shares = [(float(at), 0.5 if at <= number else 0.0) for at in range(12)]
        runs[way, few] = result(
            {
                "alive": (46.0, "MiB"),
                "kept": (3.0 + number, "MiB"),
                "returned": (number / 20, "fraction"),
                "survivors": (100.0 + number, "KiB"),
            },
            {"shares": shares},
        )
    figure = figures_to_explore.survivors(runs, where="first", one_in=100, caption="Who survives")
    for number, (choice, (picture, said, data)) in enumerate(
        views(figure, figures_to_explore.SURVIVE, [2, 100])
    ):
        found = runs[choice[0], int(choice[1])]
        tinted = re.findall(r'<path d="([^"]*)" style="[^"]*fill-opacity: 0.3"', picture)
        assert [path.count("z") for path in tinted] == [number + 1] * 2
        assert f"survivors in {number + 1} of 12 cells" in picture
        for figure_name in ("kept", "returned", "survivors"):
            assert str(found[figure_name]) in said
        assert f"One string in {choice[1]} survives" in said
        assert str(found["kept"]) in data


def test_the_stairs_of_pickle_are_marked_where_the_reader_stands() -> None:
    runs = {
        protocol: result(
            {},
            {
                "peak": [(20.0, 3.0 + protocol), (40.0, 6.0 + protocol), (60.0, 6.0 + protocol)],
                "memo": [(20.0, 2.0), (40.0, 4.0), (60.0, 4.0)],
            },
        )
        for protocol in (0, 2, 4)
    }
    figure = figures_to_explore.pickle_stairs(runs, protocol=4, rows=40_000, caption="Stairs")
    marks = set()
    for (protocol, rows), (picture, said, _) in views(figure, [0, 2, 4], [20_000, 40_000, 60_000]):
        peak = value_at(runs[int(protocol)].series["peak"], int(rows) / 1000)
        assert f"{int(rows):,} rows with protocol {protocol}: memory rises by {peak:.1f}" in said
        dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', picture)
        assert len(dots) == 4
        marks.add((protocol, rows, *dots[1]))
    assert len({(x, y) for _, _, x, y in marks}) == 9
    assert "4, the default" in figure.opening


def test_sizes_stand_for_every_interpreter_with_what_each_says() -> None:
    expressions = [*probe.SIZES, *probe.NEWER_SIZES]
    build = result({name: (float(size), "bytes") for name, size in probe.sizes()["sizes"].items()})
    figure = figures_to_explore.sizes(build, expressions, first="{}", caption="Sizes")
    for (expression,), (picture, said, data) in views(figure, expressions):
        written = re.findall(r"<text [^>]*>([\d,]+)</text>", picture)
        known = [one.size(expression) for one in latest()]
        wanted = [build[expression].median, *(it.value for it in known if it)]
        assert written == [f"{size:,.0f}" for size in wanted] * 2
        assert picture.count(">refuses to say</text>") == 2
        assert f"takes {build[expression]} on CPython 3.99.1" in said
        newest = interpreter("3.15").size(expression)
        assert newest is not None
        assert f"{newest.value:,.0f}" in said.rpartition("Recorded")[2]
        assert all(one.name in data for one in latest())


def test_a_size_is_told_once_as_long_as_it_stays() -> None:
    build = result({"{}": (64.0, "bytes")})
    figure = figures_to_explore.sizes(build, ["{}"], first="{}", caption="Sizes")
    ((_, (_, said, _)),) = views(figure, ["{}"])
    told = said.replace("\N{NO-BREAK SPACE}", " ")
    assert told.endswith("280 bytes on 2.7, 248 bytes from 3.6 to 3.7, 64 bytes from 3.8 to 3.15.")


def test_points_are_drawn_on_one_scale_whatever_their_fields() -> None:
    runs = {
        fields: {
            how: result({"each": (8.0 * fields * (place + 1), "bytes each")})
            for place, how in enumerate(figures_to_explore.POINTS)
        }
        for fields in (1, 8, 3)
    }
    figure = figures_to_explore.points(runs, fields=3, caption="Points")
    longest = {}
    for (fields,), (picture, said, data) in views(figure, [1, 3, 8]):
        for how in ("dicts", "slots", "arrays"):
            each = runs[int(fields)][how]["each"].median
            assert units.write(each * 1e6 / 2**20, "MiB") in said
            assert units.write(each, "bytes each") in data
        longest[fields] = max(map(float, re.findall(r"h([\d.]+)v", picture)))
    assert longest["8"] == pytest.approx(8 * longest["1"], rel=0.01)
    assert "1 field take" in views_said(figure, 0)


def views_said(figure: Explored, number: int) -> str:
    said: str = json.loads(figure.files[0][2])[number][1]
    return said


def test_what_a_machine_cannot_measure_is_said_and_not_drawn() -> None:
    ways = {how: result({"each": (80.0, "bytes each")}) for how in figures_to_explore.POINTS}
    lacking = Result("points-as", "", "points-as", {}, "", 0, 0, missing="needs numpy")
    runs = {3: ways | {"numpy-columns": lacking, "numpy-records": lacking}}
    figure = figures_to_explore.points(runs, fields=3, caption="Points")
    assert figure.opening.count("not measured here") >= 4
