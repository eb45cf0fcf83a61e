"""What a limiter allows, and a server that many addresses come to, each of them once."""

import gc
from types import FunctionType, ModuleType

REQUESTS = 50_000


def prepare():
    return {"requests": REQUESTS}


def work(answer, requests):
    limiter = answer.Limiter(5, 60)
    for i in range(requests):
        limiter.allow(f"10.{i >> 16}.{i >> 8 & 255}.{i & 255}", i * 0.25)


def test_limit(answer):
    limiter = answer.Limiter(2, 10)
    found = [limiter.allow("a", time) for time in (0.0, 1.0, 2.0)]
    assert found == [True, True, False], "Limiter(2, 10) allows two requests, and refuses a third"
    assert limiter.allow("b", 3.0) is True, "Each address has a limit of its own"


def test_time_passes(answer):
    limiter = answer.Limiter(1, 10)
    assert limiter.allow("a", 0.0) is True, "The first request of an address is allowed"
    assert limiter.allow("a", 9.5) is False, "After 9.5 of 10 seconds a request still counts"
    assert limiter.allow("a", 10.0) is True, (
        "A request that is 10 of 10 seconds old no longer counts"
    )
    assert limiter.allow("a", 19.9) is False, "The latest request that was allowed counts as well"


def test_any_ten_seconds(answer):
    limiter = answer.Limiter(2, 10)
    found = [limiter.allow("a", time) for time in (8.0, 9.0, 11.0, 18.5, 18.6)]
    assert found == [True, True, False, True, False], (
        "The limit holds in the last `seconds` seconds, whichever moment they begin at"
    )


def test_refused_requests_do_not_count(answer):
    limiter = answer.Limiter(1, 10)
    found = [limiter.allow("a", time) for time in (0.0, 5.0, 9.0, 11.0)]
    assert found == [True, False, False, True], "A request that was refused does not count"


def test_many_addresses_at_once(answer):
    limiter = answer.Limiter(1, 60)
    limiter.allow("a", 0.0)
    for i in range(4_000):
        limiter.allow(f"other {i}", 1 + i / 1_000)
    assert limiter.allow("a", 10.0) is False, (
        "While 4,000 others came, your limiter forgot a request that is ten of sixty seconds old"
    )


def test_addresses_come_back(answer):
    limiter = answer.Limiter(1, 10)
    found = [limiter.allow(address, time) for time in (0.0, 100.0, 200.0) for address in "ab"]
    assert all(found), "An address that comes back much later is allowed again"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    limiter = names["Limiter"](5, 60)
    for i in range(500):
        limiter.allow(f"address {i}", i / 100)
    limiter.allow("the last", 10_000.0)
    held = sum(isinstance(it, str) and it.startswith("address ") for it in _held_by(limiter))
    if held > 50:
        return (
            f"500 addresses came once. Hours later, your limiter still refers to {held} of them: "
            "what belongs to an address has to go when its last request no longer counts."
        )
    return (
        "Your limiter forgets addresses, but not soon enough: what does it hold for a request "
        "that is older than `seconds`, or for one that counts?"
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
