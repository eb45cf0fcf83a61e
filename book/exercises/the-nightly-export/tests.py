import ast
import csv
import pickle
import tempfile
from pathlib import Path

ORDERS, BATCH, CUSTOMERS, DEPOTS = 50_000, 1_000, 20_000, 40
NOTE = "please leave it with the neighbors"


def depot(number):
    place = f"Depot {number}, Harbor Street {number * 7}, gate {number % 4}"
    return f"{place}; open Monday to Friday from 7 to 16, Saturday from 8 to 12"


def batch_of(start):
    orders = range(start, min(start + BATCH, ORDERS))
    return [
        (10**6 + it, f"C{it * 7 % CUSTOMERS}", 500 + it % 9_000, f"{it}: {NOTE}") for it in orders
    ]


def files(batches, customers):
    folder = Path(tempfile.mkdtemp())
    paths = {name: folder / name for name in ("orders", "customers", "target")}
    with paths["orders"].open("wb") as file:
        for batch in batches:
            pickle.dump(batch, file)
    with paths["customers"].open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["customer", "name", "address", "depot"])
        writer.writerows(customers)
    return paths


def prepare():
    customers = (
        (
            f"C{it}",
            f"Customer number {it}",
            f"{it} Long Road, the town of {it}, the country",
            depot(it % DEPOTS),
        )
        for it in range(CUSTOMERS)
    )
    return files(map(batch_of, range(0, ORDERS, BATCH)), customers)


def work(answer, orders, customers, target):
    totals = answer.export(orders, customers, target)
    assert len(totals) == DEPOTS, "some of the depots have no total"
    assert sum(totals.values()) == sum(500 + it % 9_000 for it in range(ORDERS)), (
        "the totals are wrong"
    )
    with target.open(encoding="utf-8") as file:
        assert sum(1 for _ in file) == ORDERS + 1, "some of the rows are missing"


SOME = [("Ada", "A. Lovelace", "London", "North"), ("Bo", "B. Ek", "Oslo", "South, by the sea")]


def exported(answer, batches):
    paths = files(batches, SOME)
    totals = answer.export(**paths)
    with paths["target"].open(newline="", encoding="utf-8") as file:
        return dict(totals), list(csv.reader(file))


def test_it_writes_a_row_for_each_order(answer):
    _, rows = exported(answer, [[(1, "Ada", 250, ""), (2, "Ada", 100, "")]])
    assert rows[:1] == [["order", "depot", "cents"]], "The first row names its columns."
    expected = "Write a row for each order: its number, the depot of its customer, and the cents."
    assert rows[1:] == [["1", "North", "250"], ["2", "North", "100"]], expected


def test_it_reads_all_of_the_orders(answer):
    totals, rows = exported(
        answer, [[(1, "Ada", 5, "")], [], [(2, "Bo", 6, "")], [(3, "Ada", 7, "")]]
    )
    expected = "The file of the orders holds many pickles: read on until it ends."
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"], expected
    assert sum(totals.values()) == 18, expected


def test_a_depot_may_have_a_comma_in_its_name(answer):
    _, rows = exported(answer, [[(1, "Bo", 250, "")]])
    expected = "A depot may have a comma in its name: let `csv` write the rows."
    assert rows[1:] == [["1", "South, by the sea", "250"]], expected


def test_it_returns_the_cents_of_each_depot(answer):
    totals, _ = exported(answer, [[(1, "Ada", 250, ""), (2, "Bo", 50, ""), (3, "Ada", 7, "")]])
    expected = "Return the sum of the cents for each depot that has an order."
    assert totals == {"North": 257, "South, by the sea": 50}, expected


def test_no_orders_make_an_empty_table(answer):
    totals, rows = exported(answer, [])
    assert totals == {} and len(rows) == 1, "Without orders, write the names of the columns alone."


def advise(answer):
    times = answer.peak_mib / answer.budget_mib
    so_far = f"{times:.0f} times the budget. " if times >= 2.5 else ""
    return so_far + _what_grows(answer)


def _what_grows(answer):
    if _collects_orders(answer.tree):
        return "Every order is in a list before the first is used: take batch after batch."
    if _keeps_customers(answer.tree):
        return "You keep the whole row of each customer: which of its columns do you need?"
    if _collects_rows(answer):
        return "All rows are there before the first is written: write each when you have it."
    if not answer.calls("intern", "setdefault"):
        return (
            "Is the text of the same depot there once, or once for each customer? `csv` makes a new"
            " one for every row."
        )
    return "Something still grows with the orders, or with the width of a customer's row."


def _collects_orders(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign) and "load(" in ast.unparse(node.value):
            return True
        if isinstance(node, ast.Call):
            call = ast.unparse(node)
            if ".extend(" in call and "load(" in call or ".append(pickle.load(" in call:
                return True
            if call.startswith(("list(read_orders(", "sorted(read_orders(", "tuple(read_orders(")):
                return True
    return False


def _keeps_customers(tree):
    rows = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.target, ast.Name):
            if "eader" in ast.unparse(node.iter):
                rows.add(node.target.id)
        if isinstance(node, ast.Call) and ast.unparse(node).startswith(("list(csv", "tuple(csv")):
            return True
    kept = [it.value for it in ast.walk(tree) if isinstance(it, (ast.DictComp, ast.Assign))]
    kept += [it.elt for it in ast.walk(tree) if isinstance(it, ast.ListComp)]
    return any(isinstance(it, ast.Name) and it.id in rows for it in kept)


def _collects_rows(answer):
    return answer.calls("append", "StringIO", "join") or answer.has(ast.ListComp)
