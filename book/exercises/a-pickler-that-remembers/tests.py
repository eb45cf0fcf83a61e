import ast
import pickle
import tempfile
from pathlib import Path

BATCHES, ROWS = 60, 1_000


def batch_of(number):
    return [(f"customer {number}-{row}", f"{row} x {number} for {row}.5") for row in range(ROWS)]


def saved(answer, batches):
    path = Path(tempfile.mkdtemp(), "rows.pickle")
    answer.save(iter(batches), path)
    found = []
    with path.open("rb") as file:
        try:
            while True:
                found.append(pickle.load(file))
        except EOFError:
            return found


def prepare():
    return {"path": Path(tempfile.mkdtemp(), "rows.pickle")}


def work(answer, path):
    answer.save(map(batch_of, range(BATCHES)), path)
    assert path.stat().st_size > BATCHES * ROWS * 20, "some of the batches are not in the file"


def test_each_batch_is_a_pickle(answer):
    batches = [[("one", 1)], [("two", 2), ("three", 3)]]
    found = saved(answer, batches)
    assert sum(found, []) == sum(batches, []), "Write each batch, in their order, into one file."
    assert found == batches, "Each batch is to be a pickle of its own: one list for each load."


def test_what_is_the_same_comes_back_as_the_same(answer):
    shared = ["a list in two rows"]
    found = saved(answer, [[shared, shared]])[0]
    expected = "A list in two rows of a batch has to come back as one object: keep pickle's memo."
    assert found[0] is found[1], expected


def test_no_batches_make_an_empty_file(answer):
    assert saved(answer, []) == [], "Without any batches, the file is empty."


def advise(answer):
    for node in ast.walk(answer.tree):
        if isinstance(node, ast.ListComp) or (
            isinstance(node, ast.Call) and ast.unparse(node) in ("list(batches)", "tuple(batches)")
        ):
            return "You hold all batches before the first is written: write each as it comes."
    if _keeps_a_pickler(answer.tree) and not answer.calls("clear_memo", "clear"):
        return "The batch goes, and your pickler stays: what does it remember of each batch?"
    return "Something refers to the batches that are written: let go of each before the next."


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
