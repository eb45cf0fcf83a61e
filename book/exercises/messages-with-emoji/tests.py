"""What an archive finds, and one of many long messages."""

import gc
from types import FunctionType, ModuleType

MESSAGES = 5_000
SENTENCE = "Thank you for your patience, we look into it and come back to you. "


def prepare():
    return {"number": MESSAGES}


def work(answer, number):
    archive = answer.Archive()
    for i in range(number):
        archive.add(f"Case {i}. {SENTENCE * 14}\N{SLIGHTLY SMILING FACE}")
    assert len(archive.find("Case 4321.")) == 1, "One of the many messages has this number"


def test_find(answer):
    messages = ["Hello Ann", "hello Bob \N{WAVING HAND SIGN}", "Bob and Ann are here", ""]
    archive = _filled(answer, messages)
    assert archive.find("Ann") == [messages[0], messages[2]], "find returns what has the word"
    assert archive.find("hello") == [messages[1]], (
        "Messages come back as they were added, with their emoji; upper and lower case matter"
    )
    assert archive.find("Carl") == [], "No message has the word: an empty list"


def test_other_letters(answer):
    messages = ["Zażółć gęślą jaźń", "Größe \N{EURO SIGN}5", "日本語 \N{SNAKE}", "plain"]
    archive = _filled(answer, messages)
    for word, i in (("gęślą", 0), ("Größe", 1), ("\N{EURO SIGN}", 1), ("本", 2), ("\N{SNAKE}", 2)):
        assert archive.find(word) == [messages[i]], f"{word!r} is in the message {messages[i]!r}"


def test_twice(answer):
    archive = _filled(answer, ["one"])
    assert archive.find("one") == ["one"], "A message can be found"
    archive.add("one more")
    assert archive.find("one") == ["one", "one more"], "One can add a message after a search"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    archive = names["Archive"]()
    for i in range(20):
        archive.add(f"Case {i}. {SENTENCE}\N{SLIGHTLY SMILING FACE}")
    held = _held_by(archive)
    if any(isinstance(it, str) and SENTENCE in it for it in held):
        return (
            "A `str` keeps all its characters as wide as its widest one, so one emoji makes a long "
            "message four times as large: in which form is only the emoji wide?"
        )
    size = sum(len(it) for it in held if isinstance(it, bytes | bytearray)) / 20
    if size > 1.5 * len(SENTENCE):
        return (
            f"Your archive keeps about {size / len(SENTENCE):.0f} bytes for each letter of a plain "
            "English message: UTF-8 needs one."
        )
    if size:
        return (
            "What the archive keeps is small. But find makes texts of all messages, and holds them "
            "at the same time: is that needed for those that do not match?"
        )
    return (
        "Where a text is long and one of its characters an emoji, each of them takes four bytes. "
        "Keep bytes, which only take them where they are needed."
    )


def _filled(answer, messages):
    archive = answer.Archive()
    for message in messages:
        archive.add(message)
    return archive


def _held_by(thing):
    """Return whatever can be reached from a thing, each object once."""
    held, waiting = {}, [thing]
    while waiting:
        thing = waiting.pop()
        if id(thing) not in held and not isinstance(thing, type | ModuleType | FunctionType):
            held[id(thing)] = thing
            waiting += gc.get_referents(thing)
    return list(held.values())
