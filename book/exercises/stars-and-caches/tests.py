"""What a star answers, and a sky of them."""

import re

CACHED = r"@(functools\.)?(lru_)?cache\b"
STARS = 80_000
NEEDS_A_DICT = (
    "`cached_property` keeps its value in the `__dict__` of an instance, and slots leave it none: "
    "does the value have to be kept at all?"
)


def prepare():
    places = [(i % 89 - 44.0, i % 97 - 48.0, i % 101 + 0.5, i % 13 - 2.0) for i in range(500)]
    return {"places": places, "number": STARS}


def work(answer, places, number):
    stars = [answer.Star(*places[i % 500]) for i in range(number)]
    nearest = min(stars, key=lambda star: star.distance)
    brightest = min(stars, key=lambda star: star.brightness)
    return nearest, brightest


def test_what_it_is_made_of(answer):
    star = answer.Star(1.0, 2.0, 3.0, 4.5)
    found = star.x, star.y, star.z, star.magnitude
    assert found == (1.0, 2.0, 3.0, 4.5), "Star(x, y, z, magnitude) has these four attributes"


def test_what_is_computed(answer):
    star = answer.Star(6.0, 8.0, 0.0, 4.5)
    try:
        star.distance
    except TypeError as error:
        assert "__dict__" not in str(error), NEEDS_A_DICT
        raise
    assert abs(star.distance - 10) < 1e-9, "The distance of Star(6, 8, 0, …) is 10"
    assert abs(star.brightness - 4.5) < 1e-9, "At a distance of 10, brightness is the magnitude"
    far = answer.Star(0.0, 60.0, 80.0, 4.5)
    assert abs(far.brightness + 0.5) < 1e-9, "At 100, a star of magnitude 4.5 has brightness -0.5"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    star = names["Star"](6.0, 8.0, 0.0, 4.5)
    kept = set(getattr(star, "__dict__", ()))
    star.distance, star.brightness
    kept = sorted(set(getattr(star, "__dict__", ())) - kept)
    if kept:
        return (
            f"Once it is asked, a star has a `__dict__` that keeps {' and '.join(kept)}, too: what "
            "is quick to compute need not be kept."
        )
    if answer.calls("cache") or answer.calls("lru_cache") or re.search(CACHED, answer.source):
        return (
            "The cache is outside of the stars, and keeps each of them with what was computed: "
            "what is quick to compute need not be kept."
        )
    if hasattr(star, "__dict__"):
        return (
            "Each of your stars can get attributes that it does not have yet, and pays for that: "
            "which statement in a class says that there will be none?"
        )
    return (
        "Your stars have slots alone. Do these refer to floats that were not there before, and "
        "that could be computed again?"
    )
