"""What an editor does, and a session of many strokes."""

import gc
from types import FunctionType, ModuleType

WIDTH, HEIGHT, STROKES = 1024, 128, 200
SHARED = (
    "After undo() a pixel still has its new color: do you keep a version that shares the row "
    "which you then paint into?"
)


def prepare():
    strokes = [(i * 37 % WIDTH, i * 11 % HEIGHT, i % 255 + 1) for i in range(STROKES)]
    return {"rows": _rows(WIDTH, HEIGHT), "strokes": strokes}


def work(answer, rows, strokes):
    editor = answer.Editor(rows)
    for stroke in strokes:
        editor.paint(*stroke)
    for _ in strokes:
        editor.undo()


def test_paint(answer):
    editor = answer.Editor(_rows(4, 3))
    editor.paint(3, 1, 7)
    assert editor.color(3, 1) == 7, "After paint(3, 1, 7), color(3, 1) is 7"
    others = {editor.color(x, y) for x in range(4) for y in range(3) if (x, y) != (3, 1)}
    assert others == {0}, "paint() colors one pixel, and leaves all others as they are"


def test_undo_takes_back_the_latest(answer):
    editor = answer.Editor(_rows(4, 3))
    editor.paint(0, 0, 1)
    editor.paint(2, 0, 2)  # in the same row
    editor.undo()
    assert editor.color(2, 0) == 0, SHARED
    assert editor.color(0, 0) == 1, "undo() takes back one stroke: the one before it stays"


def test_undo_and_paint_again(answer):
    editor = answer.Editor(_rows(4, 3))
    for color in (1, 2, 3):
        editor.paint(1, 1, color)
    editor.undo()
    editor.undo()
    editor.paint(1, 1, 9)
    editor.undo()
    assert editor.color(1, 1) == 1, "After an undo() one paints on, and can undo() that as well"


def test_nothing_to_undo(answer):
    editor = answer.Editor(_rows(4, 3))
    editor.undo()
    editor.paint(0, 0, 5)
    editor.undo()
    editor.undo()
    assert editor.color(0, 0) == 0, "undo() with nothing left to undo leaves the picture as it is"


def test_every_stroke_can_be_undone(answer):
    editor = answer.Editor(_rows(8, 8))
    strokes = [(i % 8, i * 3 % 8, i % 200 + 1) for i in range(150)]
    seen = []
    for x, y, color in strokes:
        seen.append(editor.color(x, y))
        editor.paint(x, y, color)
    for (x, y, _), before in zip(reversed(strokes), reversed(seen), strict=True):
        editor.undo()
        now = editor.color(x, y)
        assert now == before, "Every stroke can be undone, one after the other, back to the first"


def advise(answer):
    if answer.calls("deepcopy"):
        return (
            "`deepcopy` copies every row for each stroke, and a stroke changes one of them: the "
            "others can be shared by the picture before and the picture after."
        )
    if answer.calls("dumps"):
        return (
            "Each step of your history writes down the whole picture, though a stroke changes one "
            "row of it: keep of each step only what it changes."
        )
    held = _rows_held(answer)
    if held > 40:
        return (
            f"After ten strokes in one row of a picture of twenty, your editor holds {held} rows "
            "where thirty would do: copy the row that a stroke changes, and share the others."
        )
    return "A step of your history holds more than a stroke changes: what does it copy besides?"


def _rows(width, height):
    return [bytearray(width) for _ in range(height)]


def _rows_held(answer):
    """Count the rows of a small picture that an editor holds after ten strokes in one row."""
    names = {"__name__": "answer"}
    exec(answer.source, names)
    editor = names["Editor"](_rows(61, 20))
    for x in range(10):
        editor.paint(x, 5, 1)
    held, waiting = {}, [editor]
    while waiting:
        thing = waiting.pop()
        if id(thing) not in held and not isinstance(thing, type | ModuleType | FunctionType):
            held[id(thing)] = thing
            waiting += gc.get_referents(thing)
    return sum(
        isinstance(it, bytes | bytearray | list | tuple) and len(it) == 61 for it in held.values()
    )
