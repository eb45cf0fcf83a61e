"""What a sequence of lines does, and a log with many of them."""

import gc
from types import FunctionType, ModuleType

LINES = 190_000


def prepare():
    return {"data": b"".join(b"12:%02d GET /page/%d\n" % (i % 60, i % 9_999) for i in range(LINES))}


def work(answer, data):
    lines = answer.Lines(data)
    return len(lines), lines[0], lines[LINES // 2], lines[-1]


def test_lines(answer):
    text = "first\n\nthird, after an empty one\nlast"
    lines = answer.Lines(text.encode())
    assert len(lines) == 4, "An empty line counts, and so does a last line without \\n"
    found = [lines[i] for i in range(4)]
    assert found == text.split("\n"), (
        f"The lines of {text!r} are {text.split(chr(10))}, not {found}"
    )
    assert list(lines) == found, "`for line in lines` gives the lines, and ends after the last"


def test_last_newline(answer):
    assert list(answer.Lines(b"one\ntwo\n")) == ["one", "two"], "After the last \\n comes no line"
    assert len(answer.Lines(b"")) == 0, "An empty file has no lines"
    assert list(answer.Lines(b"\n\n")) == ["", ""], "Two \\n end two empty lines"


def test_index(answer):
    lines = answer.Lines(b"one\ntwo\nthree\n")
    assert [lines[-1], lines[-3]] == ["three", "one"], "lines[-1] is the last line"
    for i in (3, -4):
        try:
            line = lines[i]
        except IndexError:
            continue
        raise AssertionError(f"lines[{i}] of three lines is an IndexError, and not {line!r}")


def test_other_letters(answer):
    text = "Zürich 5 \N{EURO SIGN}\nplain\n日本 \N{SNAKE}\nplain again\n"
    found = list(answer.Lines(text.encode()))
    assert found == text.split("\n")[:-1], (
        f"Where a line begins is a number of bytes, not letters: {text.split(chr(10))[:-1]} came "
        f"back as {found}"
    )


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    held = _held_by(names["Lines"](b"".join(b"This is line %d\n" % i for i in range(1_000))))
    numbers = sum(type(it) is int for it in held)
    if len(held) - numbers > 900:
        kinds = [type(it).__name__ for it in held if type(it) is not int]
        kind = max(set(kinds), key=kinds.count)
        return (
            f"Your lines hold an object for each line ({kind}), and its header is larger than the "
            "line: the text is in the bytes already. What do you have to know to find a line?"
        )
    if numbers > 700:
        return (
            "You keep where the lines begin, which is all that is needed. But each is an int, an "
            "object with a header: which sequence holds the numbers themselves?"
        )
    return (
        "What you keep is small, but while it is made, something larger is in memory: the whole "
        "text, or all of its lines?"
    )


def _held_by(thing):
    """Return whatever can be reached from a thing, each object once."""
    held, waiting = {}, [thing]
    while waiting:
        thing = waiting.pop()
        if id(thing) in held or isinstance(thing, type | ModuleType | FunctionType):
            continue
        held[id(thing)] = thing
        waiting += gc.get_referents(thing)
        if isinstance(thing, dict):
            waiting += thing  # a dict whose keys are all texts does not show them
    return list(held.values())
