"""What a table of readings does, and one that many sensors report to."""

import gc
from array import array
from types import FunctionType, ModuleType

NUMBER = 100_000
START = 1_767_225_600_000  # the first millisecond of 2026


def prepare():
    sensors = array("H", (1_000 + i * 7 % 40_000 for i in range(NUMBER)))
    times = array("q", range(START, START + 250 * NUMBER, 250))
    values = array("d", (i / 8 for i in range(NUMBER)))
    return {"sensors": sensors, "times": times, "values": values}


def work(answer, sensors, times, values):
    readings = answer.Readings()
    for sensor, time, value in zip(sensors, times, values, strict=True):
        readings.append(sensor, time, value)
    return sum(value for _, _, value in readings)


def test_rows(answer):
    rows = [(7, START, 21.5), (65_535, START + 1, -0.1), (0, START + 2, 1e300), (7, 0, 0.0)]
    readings = _filled(answer, rows)
    assert len(readings) == 4, "len(readings) is the number of readings that were appended"
    found = [tuple(row) for row in readings]
    assert found == rows, f"The readings come back in order and unchanged: {rows}, not {found}"
    assert all(isinstance(row, tuple) for row in readings), "Each reading comes back as a tuple"
    kinds = [type(item) for item in next(iter(readings))]
    assert kinds == [int, int, float], "Sensor and time come back as int, the value as float"


def test_gone_through_twice(answer):
    rows = [(i, START + i, i / 3) for i in range(50)]
    readings = _filled(answer, rows)
    assert list(readings) == list(readings), "One can go through the readings more than once"
    pairs = sum(1 for _ in readings for _ in readings)
    assert pairs == 2500, "One can go through the readings within a loop over them"


def test_empty(answer):
    readings = answer.Readings()
    assert len(readings) == 0, "A new table has no readings"
    assert list(readings) == [], "To go through a table without readings gives none"


def test_two_tables(answer):
    one, other = answer.Readings(), answer.Readings()
    one.append(1, START, 2.0)
    assert len(other) == 0, "Each table has readings of its own"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    readings = names["Readings"]()
    for i in range(500):
        readings.append(1_000 + i, START + i, i / 8)
    held = _held_by(readings)
    numbers = sum(type(it) in (int, float) for it in held)
    if len(held) - numbers >= 500:
        return (
            "Your table holds an object for each reading, and that one refers to objects, too: "
            "think of three columns instead of many rows."
        )
    if numbers >= 500:
        return (
            f"Of 500 readings, your table holds {numbers:,} objects that are numbers: in a list, "
            "each number is still an object with a header, whatever the list is called."
        )
    return (
        "The table itself is small, but going through it is not: does your `__iter__` make all "
        "rows before it hands out the first?"
    )


def _filled(answer, rows):
    readings = answer.Readings()
    for row in rows:
        readings.append(*row)
    return readings


def _held_by(thing):
    """Return whatever can be reached from a thing, each object once."""
    held, waiting = {}, [thing]
    while waiting:
        thing = waiting.pop()
        if id(thing) not in held and not isinstance(thing, type | ModuleType | FunctionType):
            held[id(thing)] = thing
            waiting += gc.get_referents(thing)
    return list(held.values())
