import ast
import tempfile
from pathlib import Path

ROWS = 40_000


def stream(rows):
    yield from rows


def path_of_a_file():
    return Path(tempfile.mkdtemp(), "rows.pickle")


def back(answer, rows):
    path = path_of_a_file()
    answer.save(stream(rows), path)
    try:
        return list(answer.load(path))
    except EOFError:
        raise AssertionError(
            "At the end of the file `pickle.load` raises EOFError: there `load` has to stop."
        ) from None


def prepare():
    return {"path": path_of_a_file()}


def work(answer, path):
    rows = ((number, f"customer {number}", f"{number} hovercraft, full") for number in range(ROWS))
    answer.save(rows, path)
    count = total = 0
    for number, _, _ in answer.load(path):
        count, total = count + 1, total + number
    assert (count, total) == (ROWS, ROWS * (ROWS - 1) // 2), "some of many rows are lost"


def test_the_rows_come_back_in_their_order(answer):
    rows = [("one", 1), ("two", 2), ("three", 3), ("four", 4)]
    assert back(answer, rows) == rows, "Yield the rows one by one, in their order."


def test_no_row_is_lost_however_many(answer):
    for count in (1, 3, 99, 100, 101, 999, 1_000, 1_001, 2_345):
        expected = f"With {count} in all, a row is lost: is the last batch written, full or not?"
        assert len(back(answer, [(place,) for place in range(count)])) == count, expected


def test_no_rows_make_a_file_without_rows(answer):
    assert back(answer, []) == [], "A file without any rows yields nothing."


def test_a_row_may_be_empty_or_none(answer):
    rows = [(), {}, None, 0, "last"]
    assert back(answer, rows) == rows, "A row may be None, or empty: that is not yet the end."


def test_what_rows_share_does_not_mix_them_up(answer):
    rows = [["eel", "eel", place % 3] for place in range(2_500)]
    assert back(answer, rows) == rows, "Rows that share a text come back mixed up."


def test_rows_are_dictionaries_as_well(answer):
    rows = [{"name": "Ada", "tags": ["a", "b"]}, {"name": "Grace", "tags": []}]
    assert back(answer, rows) == rows, "A row may be a dictionary, with a list in it."


def advise(answer):
    functions = {it.name: it for it in answer.tree.body if isinstance(it, ast.FunctionDef)}
    save, load = functions.get("save"), functions.get("load")
    if save and _calls(save, "list(rows)", "tuple(rows)", "sorted(rows)"):
        return "`save` holds every row before it writes the first: take some rows at a time."
    if save and _calls(save, "pickle.dump(rows", "pickle.dumps(rows"):
        return "One pickle with all rows is read at once, too: write many pickles into the file."
    if _keeps_a_pickler(answer.tree) and not answer.calls("clear_memo", "clear"):
        return "A pickler remembers every row that it has written: a new one, or `clear_memo()`."
    if load and answer.calls("append", "extend") and _calls(load, "append", ".extend"):
        return "`load` collects the rows before it yields the first: yield what a pickle had."
    return "Something holds all the rows, in `save` or in `load`: hold one batch of them in each."


def _calls(function, *texts):
    calls = [ast.unparse(it) for it in ast.walk(function) if isinstance(it, ast.Call)]
    return any(text in call for call in calls for text in texts)


def _keeps_a_pickler(tree):
    """Whether a pickler is made outside any loop, and so may write more than one pickle."""
    loops = [it for it in ast.walk(tree) if isinstance(it, (ast.For, ast.While))]
    within = {id(node) for loop in loops for node in ast.walk(loop)}
    return any(
        isinstance(it, ast.Call)
        and ast.unparse(it.func).endswith("Pickler")
        and id(it) not in within
        for it in ast.walk(tree)
    )
