"""How many equal strings does a parser leave in memory: `json`, `csv`, and what mends it?

Records with a hundred cities and ten countries are parsed in five ways.  For each: how many
objects the names of the fields and the values of one field are, and what a record takes.

    python scripts/objects/parsed-strings.py
"""

import csv
import io
import json
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced

FIELDS = ("city", "country", "count")
Record = dict[str, Any]


def one_json_array(text: str) -> list[Record]:
    parsed: list[Record] = json.loads(text)
    return parsed


def json_lines(lines: list[str]) -> list[Record]:
    return [json.loads(line) for line in lines]


def json_lines_interned(lines: list[str]) -> list[Record]:
    return [json.loads(line, object_hook=with_interned_strings) for line in lines]


def csv_records(file: io.StringIO) -> list[Record]:
    return list(csv.DictReader(file))


def csv_interned(file: io.StringIO) -> list[Record]:
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


def json_text(number: int) -> str:
    return json.dumps([record(n) for n in range(number)])


def json_text_lines(number: int) -> list[str]:
    return [json.dumps(record(n)) for n in range(number)]


def csv_file(number: int) -> io.StringIO:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, FIELDS)
    writer.writeheader()
    writer.writerows(map(record, range(number)))
    file.seek(0)
    file.readline()  # the first line read makes room for the whole file
    file.seek(0)
    return file


#: What is parsed, and how.
WAYS: dict[str, tuple[Callable[[int], Any], Callable[[Any], list[Record]], str]] = {
    "json": (json_text, one_json_array, "json.loads of one array"),
    "json lines": (json_text_lines, json_lines, "json.loads of each line"),
    "json interned": (json_text_lines, json_lines_interned, "the same, strings interned"),
    "csv": (csv_file, csv_records, "csv.DictReader"),
    "csv interned": (csv_file, csv_interned, "csv.DictReader, strings interned"),
}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(2_000 * options.records, f"{options.records:,} records", "give --records less")
    experiment.say(f"{'objects for, and bytes a record':<32}  bytes  names  cities")
    for way, (write, parse, label) in WAYS.items():
        written = write(options.records)
        with Traced() as traced:
            records = parse(written)
        names = len({id(field) for row in records for field in row}) / len(FIELDS)
        cities = len({id(row["city"]) for row in records})
        each = traced.held / options.records
        experiment.keep(f"{way}.each", each, "bytes each", "tracemalloc")
        experiment.keep(f"{way}.names", names, "count", "id")
        experiment.keep(f"{way}.values", cities, "count", "id")
        experiment.say(f"{label:<32} {each:>6.1f} {names:>6.0f} {cities:>7}")
        del records


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--records", 5_000, "records to parse")
    execute(main, arguments)
