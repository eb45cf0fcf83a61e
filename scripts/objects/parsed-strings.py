"""How many equal strings does a parser leave in memory: `json`, `csv`, and what mends it?

Records with a hundred cities and ten countries are parsed in five ways.  For each: how many
objects the names of the fields and the values of one field are, and what a record takes.

    python scripts/objects/parsed-strings.py
"""

import csv
import io
import json
import sys
import tracemalloc
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from measured.command import Experiment, count, execute, need_memory, parser

FIELDS = ("city", "country", "count")
Record = dict[str, Any]


def one_json_array(number: int) -> list[Record]:
    text = json.dumps([record(n) for n in range(number)])
    tracemalloc.start()
    parsed: list[Record] = json.loads(text)
    return parsed


def json_lines(number: int) -> list[Record]:
    lines = [json.dumps(record(n)) for n in range(number)]
    tracemalloc.start()
    return [json.loads(line) for line in lines]


def json_lines_interned(number: int) -> list[Record]:
    lines = [json.dumps(record(n)) for n in range(number)]
    tracemalloc.start()
    return [json.loads(line, object_hook=with_interned_strings) for line in lines]


def csv_records(number: int) -> list[Record]:
    file = csv_file(number)
    tracemalloc.start()
    return list(csv.DictReader(file))


def csv_interned(number: int) -> list[Record]:
    file = csv_file(number)
    tracemalloc.start()
    return [with_interned_strings(row) for row in csv.DictReader(file)]


def with_interned_strings(row: Record) -> Record:
    return {
        sys.intern(field): sys.intern(value) if field in {"city", "country"} else value
        for field, value in row.items()
    }


def record(number: int) -> Record:
    return {
        "city": f"city number {number % 100:02}",
        "country": f"country {number % 10}",
        "count": number % 200,
    }


def csv_file(number: int) -> io.StringIO:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, FIELDS)
    writer.writeheader()
    writer.writerows(map(record, range(number)))
    file.seek(0)
    file.readline()  # the first line read makes room for the whole file
    file.seek(0)
    return file


WAYS: dict[str, tuple[Callable[[int], list[Record]], str]] = {
    "json": (one_json_array, "json.loads of one array"),
    "json lines": (json_lines, "json.loads of each line"),
    "json interned": (json_lines_interned, "the same, strings interned"),
    "csv": (csv_records, "csv.DictReader"),
    "csv interned": (csv_interned, "csv.DictReader, strings interned"),
}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(2_000 * options.records, f"{options.records:,} records", "give --records less")
    experiment.say(f"{'objects for, and bytes a record':<32}  bytes  names  cities")
    for way, (parse, label) in WAYS.items():
        records = parse(options.records)
        size, _peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        names = len({id(field) for row in records for field in row}) / len(FIELDS)
        cities = len({id(row["city"]) for row in records})
        each = size / options.records
        experiment.keep(f"{way}.each", each, "bytes each", "tracemalloc")
        experiment.keep(f"{way}.names", names, "count", "id")
        experiment.keep(f"{way}.values", cities, "count", "id")
        experiment.say(f"{label:<32} {each:>6.1f} {names:>6.0f} {cities:>7}")
        del records


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--records", type=count, default=5_000, metavar="N", help="records to parse"
    )
    execute(main, arguments)
