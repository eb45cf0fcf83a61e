import ast
import tempfile
from pathlib import Path

ROWS = 50_000


def written(text):
    folder = tempfile.mkdtemp()
    path = Path(folder, "sales.csv")
    path.write_text(text, encoding="utf-8")
    return path


def prepare():
    lines = (f"{n},town {n % 90},{n % 1000}.5\n" for n in range(ROWS))
    return {"path": written("id,town,price\n" + "".join(lines)), "column": "price"}


def work(answer, path, column):
    assert answer.total(path, column) == ROWS * 500.0, "the sum of a long file is wrong"


def test_it_adds_up_a_column(answer):
    path = written("id,town,price\n1,Oslo,2.5\n2,Rome,4\n")
    assert answer.total(path, "price") == 6.5, "Two rows with 2.5 and 4 have the sum 6.5."
    assert answer.total(path, "id") == 3, "Choose the column by its name: `id` has the sum 3."


def test_it_returns_a_float(answer):
    path = written("id\n1\n2\n")
    assert isinstance(answer.total(path, "id"), float), "Return the sum as a float."


def test_an_empty_cell_counts_as_nothing(answer):
    path = written("id,price\n1,2.5\n2,\n3,1\n")
    assert answer.total(path, "price") == 3.5, "Skip the cells that are empty."


def test_a_quoted_cell_may_hold_a_comma(answer):
    path = written('town,price\n"Paris, Texas",2\nRome,3\n')
    expected = "Let `csv` take the rows apart: a quoted cell may hold a comma."
    assert answer.total(path, "price") == 5, expected


def test_a_file_without_rows_sums_to_zero(answer):
    assert answer.total(written("id,price\n"), "price") == 0, "Without any rows, the sum is 0."


def advise(answer):
    if answer.calls("read", "read_text", "readlines"):
        return "You hold the whole text: loop over the open file instead of reading it at once."
    if answer.calls("list", "append") and answer.calls("DictReader", "reader"):
        return "You hold every row: use each row as it comes, and let go of it."
    if answer.has(ast.ListComp):
        return "You hold every number of the column: a generator hands them on one at a time."
    return "Something grows with the file: keep the running sum, and nothing else."
