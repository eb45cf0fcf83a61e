"""A graph of live objects has one node for each object and one edge for each reference."""

from __future__ import annotations

import json
import sys
from collections import deque

import pytest

from measured import object_graph
from measured.command import Experiment
from measured.object_graph import MOST_NODES, Edge, Graph


class Plain:
    def __init__(self, name: str) -> None:
        self.name = name


class Slotted:
    __slots__ = ("__hidden", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.__hidden = 1.5


def edges(graph: Graph) -> set[tuple[int, int, str]]:
    return {(edge.start, edge.end, edge.label) for edge in graph.edges}


def test_two_names_of_one_object_lead_to_one_node() -> None:
    a = ["ham"]
    graph = object_graph.of({"a": a, "b": a})
    assert graph.names == {"a": 0, "b": 0}
    assert [node.type for node in graph.nodes] == ["list", "str"]


def test_two_equal_objects_are_two_nodes() -> None:
    graph = object_graph.of({"a": ["ham"], "b": ["ham"]})
    assert graph.names == {"a": 0, "b": 1}
    assert edges(graph) == {(0, 2, "[0]"), (1, 2, "[0]")}  # one constant of this code


def test_a_node_has_the_shallow_size_of_its_object() -> None:
    a = [*range(3)]
    assert object_graph.of({"a": a}).nodes[0].size == sys.getsizeof(a)


def test_one_object_in_three_places_has_three_edges_to_it() -> None:
    graph = object_graph.of({"rows": [[0]] * 3})
    assert edges(graph) == {(0, 1, "[0]"), (0, 1, "[1]"), (0, 1, "[2]"), (1, 2, "[0]")}


def test_places_are_called_by_index_key_or_attribute() -> None:
    labels = [
        [edge.label for edge in object_graph.of({"x": x}).edges]
        for x in (("a",), {"key": 1.5}, Plain("b"), Slotted("c"), deque(["d"]))
    ]
    assert labels == [["[0]"], ["['key']"], [".name"], ["._Slotted__hidden", ".name"], [""]]


def test_classes_functions_and_modules_are_left_out() -> None:
    graph = object_graph.of({"x": [int, len, sys, Plain("a"), edges]})
    assert [node.type for node in graph.nodes] == ["list", "Plain", "str"]


def test_an_object_without_references_shows_its_value_cut_short() -> None:
    values = [object_graph.of({"x": x}).nodes[0].value for x in (7, "h" * 50, [], object())]
    assert values == ["7", "'" + "h" * 14 + "…", "[]", ""]


def test_a_circle_comes_to_an_end() -> None:
    a: list[object] = []
    a.append(a)
    assert edges(object_graph.of({"a": a})) == {(0, 0, "[0]")}


def test_too_many_objects_are_refused() -> None:
    object_graph.of({"x": [[] for _ in range(MOST_NODES - 1)]})
    with pytest.raises(ValueError, match=f"more than {MOST_NODES}"):
        object_graph.of({"x": [[] for _ in range(MOST_NODES)]})


def test_a_graph_survives_json() -> None:
    graph = object_graph.of({"a": {"b": [1, 2]}})
    assert Graph.from_json(json.loads(json.dumps(graph.as_json()))) == graph
    assert isinstance(graph.edges[0], Edge)


def test_the_words_tell_every_reference_and_keep_equal_objects_apart() -> None:
    told = [*object_graph.of({"a": [[0], [0]]}).references()]
    sizes = [sys.getsizeof(x) for x in ([[0], [0]], [0], 0)]
    assert told == [
        ("a", f"list #1, {sizes[0]} bytes"),
        ("list #1 [0]", f"list #2, {sizes[1]} bytes"),
        ("list #1 [1]", f"list #3, {sizes[1]} bytes"),
        ("list #2 [0]", f"0, {sizes[2]} bytes"),
        ("list #3 [0]", f"0, {sizes[2]} bytes"),
    ]


def test_an_experiment_keeps_a_graph_and_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    experiment = Experiment("probe", {})
    experiment.graph("one list", a=["ham"])
    report = json.loads(json.dumps(experiment.as_json()))
    assert Graph.from_json(report["graphs"]["one list"]).names == {"a": 0}
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "one list:"
    assert len(shown) == 3
    assert "'ham'" in shown[2]
