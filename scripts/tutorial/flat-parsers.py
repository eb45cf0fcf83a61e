"""How long does a row take to read back from text, and from a pickle?

The same rows, five ways, in one process: what stands in the result is CPU time for each row, and
how many times the pickle's.  The data is in memory, so that no disk has a part in it.

    python scripts/tutorial/flat-parsers.py
"""

import ast
import csv
import io
import json
import pickle
import time
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows

ROUNDS = 5  # the formats take turns, and the best turn of each counts
ENOUGH = 0.03  # seconds of CPU time for each turn: above any clock's tick


def from_pickle(data: str | bytes) -> list[Row]:
    assert isinstance(data, bytes)
    rows: list[Row] = pickle.loads(data)  # only ever what main has just pickled
    return rows


def from_json(data: str | bytes) -> list[Row]:
    return [tuple(json.loads(line)) for line in data.splitlines()]


def from_csv(data: str | bytes) -> list[Row]:
    assert isinstance(data, str)
    return [(float(x), text, int(n)) for x, text, n in csv.reader(data.splitlines())]


def from_literals(data: str | bytes) -> list[Row]:
    assert isinstance(data, str)
    return [ast.literal_eval(line) for line in data.splitlines()]


def from_eval(data: str | bytes) -> list[Row]:
    return [eval(line) for line in data.splitlines()]  # only ever what main has just written


def as_csv(rows: list[Row]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def time_each(
    read: Callable[[str | bytes], list[Row]], data: str | bytes, rows: list[Row]
) -> float:
    """Return the CPU time of one row in one turn, in microseconds."""
    spent, times = 0.0, 0
    while spent < ENOUGH:
        start = time.process_time()
        found = read(data)
        spent += time.process_time() - start
        times += 1
        assert found == rows
    return spent / times / len(rows) * 1e6


def main(experiment: Experiment, options: Namespace) -> None:
    needed = 6 * GENEROUS_ROW_SIZE * options.records
    need_memory(needed, f"{options.records:,} rows", "give --records less")
    rows = make_rows(options.records)
    lines = "\n".join(map(repr, rows))
    formats: dict[str, tuple[Callable[[str | bytes], list[Row]], str | bytes]] = {
        "pickle": (from_pickle, pickle.dumps(rows)),
        "csv": (from_csv, as_csv(rows)),
        "json": (from_json, "\n".join(map(json.dumps, rows))),
        "literal_eval": (from_literals, lines),
        "eval": (from_eval, lines),
    }
    turns = [
        {name: time_each(read, data, rows) for name, (read, data) in formats.items()}
        for _ in range(ROUNDS)
    ]
    best = {name: min(turn[name] for turn in turns) for name in formats}
    for name, (_, data) in formats.items():
        takes, pickle_takes = best[name], best["pickle"]
        each = len(data) / len(rows)
        clock = "time.process_time"
        experiment.record(f"{name}.cpu", takes, "µs each", clock, label=f"{name}: a row")
        experiment.record(f"{name}.times", takes / pickle_takes, "times", clock, label="  times")
        experiment.record(f"{name}.size", each, "bytes each", "len", label="  size")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--records", 20_000, "rows")
    execute(main, arguments)
