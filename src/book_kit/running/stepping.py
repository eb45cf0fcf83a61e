"""Programs to step through: each runs once for each way to look, and what was seen is put together.

What it takes to look at objects, to count blocks and to read the memory of the process would show
in the other figures; so each has a process of its own, and the stops have to agree.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any

from book_kit import project
from book_kit.running.experiment import day, obtain
from book_kit.running.interpreter import ExperimentError
from book_kit.running.store import Request
from measured.stepping.states import State

FOLDER = "book/steps"
_UNDER = ("-m", "measured.stepping")
_REPEATS_OF_MEMORY = 3


@dataclass(frozen=True)
class Step:
    """A program after one more of its lines.

    Attributes
    ----------
    state
        Its names and objects.
    heap
        Bytes in blocks that it has asked for since its first line, as tracemalloc counts them.
    resident
        Bytes of the process that are in memory: the median of some runs.
    arenas, used
        How many arenas pymalloc has, and the bytes in them that are in use; None where it does not
        tell.
    """

    state: State
    heap: int
    resident: int
    arenas: int | None
    used: int | None


@dataclass(frozen=True)
class Recording:
    """A program and its steps.

    Attributes
    ----------
    name, source
        What it is called, and its text.
    arena_size
        Bytes of an arena.
    environment
        Where it was recorded, as `measured.environment` describes it, and when.
    """

    name: str
    source: str
    steps: Sequence[Step]
    arena_size: int
    environment: Mapping[str, str]


def record(name: str) -> Recording:
    """Run a program of the book's folder of steps, or recall what was recorded.

    Raises
    ------
    ExperimentError
        If a run fails, or if two runs did not stop at the same places.
    LookupError
        If there is no such program.
    """
    if not (project.root() / FOLDER / f"{name}.py").is_file():
        raise LookupError(f"{name}.py is missing in {FOLDER}/")
    (objects, measured), (heap, _), (memory, _) = (
        _seen(name, "objects", 1),
        _seen(name, "heap", 1),
        _seen(name, "memory", _REPEATS_OF_MEMORY),
    )
    runs = [*objects, *heap, *memory]
    if any(run["stops"] != runs[0]["stops"] for run in runs):
        raise ExperimentError(f"{name} did not stop at the same places in each run")

    def of_memory(what: str, at: int) -> int | None:
        values = [run["seen"][what] for run in memory]
        return median_low(one[at] for one in values) if all(values) else None

    steps = [
        Step(
            State.from_json(state),
            heap[0]["seen"][at],
            of_memory("resident", at) or 0,
            of_memory("arenas", at),
            of_memory("used", at),
        )
        for at, state in enumerate(objects[0]["seen"])
    ]
    return Recording(
        name,
        objects[0]["source"],
        steps,
        memory[0]["seen"]["arena_size"],
        {**objects[0]["environment"], "measured": measured},
    )


def _seen(name: str, way: str, repeats: int) -> tuple[list[dict[str, Any]], str]:
    wanted = Request(f"{FOLDER}/{name}.py", ("--show", way), repeats, (), _UNDER)
    value = obtain(wanted, as_json=False)
    return [json.loads(run["output"]) for run in value["runs"]], day(value)
