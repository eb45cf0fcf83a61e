"""What regulars returns, and four weeks with many visitors."""

import sys

DAYS, ONCE, REGULARS, VISITS = 28, 16_000, 150, 5


def prepare():
    return {"days": DAYS, "least": VISITS}


def work(answer, days, least):
    found = answer.regulars(((day, _visitors(day)) for day in range(days)), least)
    assert len(found) == days, "The result has a dict for each day"


def test_regulars(answer):
    days = [("Monday", [7, 8, 7, 9, 7, 8]), ("Tuesday", [9, 9, 7])]
    assert answer.regulars(days, 2) == {"Monday": {7: 3, 8: 2}, "Tuesday": {9: 2}}, (
        "The result has for each day who came at least `least` times, with the number of visits"
    )
    assert answer.regulars(days, 1)["Tuesday"] == {9: 2, 7: 1}, "least=1: all visitors are in it"


def test_days_without_regulars(answer):
    found = answer.regulars([("Monday", [1, 2, 3]), ("Tuesday", [])], 2)
    assert found == {"Monday": {}, "Tuesday": {}}, "A day without regulars has an empty dict"


def test_iterables(answer):
    found = answer.regulars(iter([("Monday", iter([5, 5]))]), 2)
    assert found == {"Monday": {5: 2}}, "Days and visitors may come from generators: read them once"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    visits = names["regulars"]([(0, _visitors(0))], VISITS)[0]
    if sys.getsizeof(visits) > 4 * sys.getsizeof(dict(visits)):
        if answer.calls("copy") and answer.calls("popitem"):
            return (
                "`popitem()` leaves no holes, so `d.copy()` finds the table in order and copies it "
                "at its full size: make the dict of a day anew."
            )
        return (
            f"{len(visits)} regulars are left in a dict with a table for {ONCE + REGULARS:,} keys: "
            "keys can be deleted, but the table stays. Put the regulars into a dict of their own."
        )
    return (
        "The dicts that you return are small. Is there something that holds the visitors of a day "
        "until the last day is counted?"
    )


def _visitors(day):
    first = day * 100_000
    yield from range(first, first + ONCE)
    for _ in range(VISITS):
        yield from range(first + ONCE, first + ONCE + REGULARS)
