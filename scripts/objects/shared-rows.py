"""How many rows are in `[[0] * columns] * rows`?

Makes a grid of zeros in the short way and in the right way, counts rows and bytes, and writes into
one cell of each.

    python scripts/objects/shared-rows.py
"""

from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced
from measured.units import KIB

Grid = list[list[int]]


def short(rows: int, columns: int) -> Grid:
    return [[0] * columns] * rows


def right(rows: int, columns: int) -> Grid:
    return [[0] * columns for _ in range(rows)]


def measure(experiment: Experiment, name: str, make: Callable[[int, int], Grid], side: int) -> None:
    with Traced() as traced:
        grid = make(side, side)
    grid[0][0] = 1
    rows = len({id(row) for row in grid})
    changed = sum(row[0] for row in grid)
    experiment.record(f"{name}.rows", rows, "count", "id", label=f"{name}: different rows")
    label = f"{name}: cells that one write changed"
    experiment.record(f"{name}.changed", changed, "count", "counted", label=label)
    label = f"{name}: memory"
    experiment.record(f"{name}.size", traced.held / KIB, "KiB", "tracemalloc", label=label)


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(9 * options.side**2, f"a grid of {options.side:,} rows", "give --side less")
    for name, make in (("short", short), ("right", right)):
        measure(experiment, name, make, options.side)
        experiment.graph(name, grid=make(3, 3))


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--side", 300, "rows and columns of the grid")
    execute(main, arguments)
