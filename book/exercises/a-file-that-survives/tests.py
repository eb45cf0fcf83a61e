import ast
import tempfile
from pathlib import Path

ROUNDS, RECORDS = 5, 800
NOTE = "my hovercraft is full of eels; " * 65


def path_of_a_journal():
    return Path(tempfile.mkdtemp(), "journal")


def prepare():
    return {"path": path_of_a_journal()}


def work(answer, path):
    for number in range(ROUNDS):
        records = ({"round": number, "place": at, "note": NOTE} for at in range(RECORDS))
        answer.append(path, records)
    count = sum(1 for record in answer.read(path) if record["note"] == NOTE)
    assert count == ROUNDS * RECORDS, "some of many records are lost"


def whole(answer, path):
    """The records, or what went wrong."""
    try:
        return list(answer.read(path))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def test_records_come_back_in_their_order(answer):
    path = path_of_a_journal()
    answer.append(path, iter([{"one": 1}, {"two": [2, 2.5, None, "zwei\nü"]}]))
    expected = "Yield the records in their order, just as they were: also those with a line's end."
    assert list(answer.read(path)) == [{"one": 1}, {"two": [2, 2.5, None, "zwei\nü"]}], expected


def test_append_adds(answer):
    path = path_of_a_journal()
    for number in range(3):
        answer.append(path, [{"number": number}])
    expected = "`append` adds to what is there: the records of earlier calls stay."
    assert list(answer.read(path)) == [{"number": 0}, {"number": 1}, {"number": 2}], expected


def test_no_records_change_nothing(answer):
    path = path_of_a_journal()
    answer.append(path, [])
    assert list(answer.read(path)) == [], "A journal without any records yields nothing."


def test_what_is_whole_survives_a_cut(answer):
    records = [{"name": "Ada", "born": 1815}, {"name": "Grace", "born": 1906}]
    for missing in (2, 5, 12):
        path = path_of_a_journal()
        answer.append(path, records)
        path.write_bytes(path.read_bytes()[:-missing])
        found = whole(answer, path)
        expected = "The last record was cut in two: yield those before it, and stop there."
        assert found == records[:1], expected


def test_append_after_a_cut(answer):
    for missing in (2, 5, 12):
        path = path_of_a_journal()
        answer.append(path, [{"name": "Ada", "born": 1815}, {"name": "Grace", "born": 1906}])
        path.write_bytes(path.read_bytes()[:-missing])
        answer.append(path, [{"name": "Guido", "born": 1956}])
        answer.append(path, [{"name": "Barbara", "born": 1939}])
        found = whole(answer, path)
        expected = (
            "After a cut, a new record is glued to what is left of the last: clear that away."
        )
        if isinstance(found, list):
            assert [it["name"] for it in found] == ["Ada", "Guido", "Barbara"], expected
        else:
            raise AssertionError(expected)


def test_reading_changes_nothing(answer):
    path = path_of_a_journal()
    answer.append(path, [{"name": "Ada"}])
    before = path.read_bytes()
    list(answer.read(path))
    assert path.read_bytes() == before, "`read` is to leave the file alone."


def advise(answer):
    functions = {it.name: it for it in answer.tree.body if isinstance(it, ast.FunctionDef)}
    for name, must in (("append", "writes"), ("read", "yields")):
        if name in functions and _takes_all(functions[name]):
            return (
                f"`{name}` takes in the whole journal before it {must} a record: go line by line."
            )
    if "append" in functions and _lists(functions["append"]):
        return "`append` holds every new record before it writes the first: write each as it comes."
    if "read" in functions and _lists(functions["read"]):
        return "`read` collects the records before it yields the first: yield each as it comes."
    return "Something grows with the journal, in `append` or in `read`: hold one record in each."


def _takes_all(function):
    calls = [ast.unparse(it) for it in ast.walk(function) if isinstance(it, ast.Call)]
    taking = (".read()", ".read_text()", ".read_bytes()", ".readlines()")
    return any(call.endswith(taking) or "read_text(encoding" in call for call in calls)


def _lists(function):
    return any(
        isinstance(it, ast.ListComp)
        or (isinstance(it, ast.Call) and ast.unparse(it.func) in ("list", "tuple", "json.load"))
        or (isinstance(it, ast.Call) and ast.unparse(it.func).endswith((".append", ".join")))
        for it in ast.walk(function)
    )
