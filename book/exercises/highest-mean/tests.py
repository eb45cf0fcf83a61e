import ast
import math

READINGS = 200_000
WIDTH = 5


def stream(readings):
    yield from readings


def prepare():
    return {"width": WIDTH}


def work(answer, width):
    readings = map(math.sin, range(READINGS))
    found = answer.highest_mean(readings, width)
    assert abs(found - 0.24966) < 0.001, "the highest mean of a long stream is wrong"


def test_it_returns_the_highest_mean(answer):
    found = answer.highest_mean(stream([1, 5, 3, 9, 2]), 2)
    assert found == 6, "Of 1, 5, 3, 9, 2 the highest mean of two in a row is that of 3 and 9: 6."


def test_a_window_may_take_the_whole_stream(answer):
    assert answer.highest_mean(stream([2, 4, 6]), 3) == 4, "Three readings, three wide: one mean."
    assert answer.highest_mean(stream([7]), 1) == 7, "A single reading is its own mean."


def test_only_full_windows_count(answer):
    found = answer.highest_mean(stream([9, 1, 2, 3]), 3)
    assert found == 4, "Wait for a full window: `width` readings, also at the beginning."


def test_readings_may_be_below_zero(answer):
    found = answer.highest_mean(stream([-8, -4, -6]), 2)
    assert found == -5, "All readings may be below zero, and so may the highest mean be."


def test_the_highest_mean_may_come_first_or_last(answer):
    assert answer.highest_mean(stream([9, 9, 1, 1]), 2) == 9, "The first window counts, too."
    assert answer.highest_mean(stream([1, 1, 9, 9]), 2) == 9, "The last window counts, too."


def advise(answer):
    first = next(
        (
            it.args.args[0].arg
            for it in ast.walk(answer.tree)
            if isinstance(it, ast.FunctionDef) and it.name == "highest_mean" and it.args.args
        ),
        "",
    )
    calls = [it for it in ast.walk(answer.tree) if isinstance(it, ast.Call)]
    for call in calls:
        whole = call.args and isinstance(call.args[0], ast.Name) and call.args[0].id == first
        if (
            whole
            and isinstance(call.func, ast.Name)
            and call.func.id in ("list", "tuple", "sorted")
        ):
            return (
                f"`{call.func.id}({first})` holds every reading of the year: take them one by one."
            )
    if answer.has(ast.ListComp):
        return (
            "A list comprehension holds all that it made: you need the last few, and the highest."
        )
    bounded = any("maxlen" == word.arg for call in calls for word in call.keywords)
    if answer.calls("deque") and not bounded and not answer.calls("popleft", "pop"):
        return "A `deque` without `maxlen` grows like a list: nothing ever falls out of it."
    if answer.calls("append") and bounded:
        return "The window is bounded, and yet something grows: do you keep all of the means?"
    return "Something grows with the stream: keep one window, and the highest so far."
