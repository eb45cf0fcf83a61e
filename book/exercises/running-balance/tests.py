"""What balances returns, and an account with many payments."""

NUMBER = 500_000


def prepare():
    return {"payments": [12.25, -4.5, 7.75, -15.0, 99.5] * (NUMBER // 5)}


def work(answer, payments):
    after = answer.balances(payments)
    return after[0], after[-1]


def test_values(answer):
    payments = [100.0, -0.1, 19.9, -119.8, 0.7]
    after = answer.balances(payments)
    assert hasattr(after, "__len__"), "What balances returns has a len and an index: a sequence"
    expected, balance = [], 0.0
    for payment in payments:
        balance += payment
        expected.append(balance)
    found = list(after)
    close = len(found) == 5 and all(abs(a - b) < 1e-4 for a, b in zip(found, expected, strict=True))
    assert close, f"balances({payments}) is {expected}, not {found}"
    assert found == expected, (
        "The balances are right to seven digits and wrong after them: a float has 8 bytes, and "
        "that is array type 'd'"
    )


def test_sequence(answer):
    after = answer.balances([2.0, -3.0, 4.0])
    assert len(after) == 3, "There is a balance for each payment"
    assert (after[0], after[1], after[-1]) == (2.0, -1.0, 3.0), "after[i] is what payment i left"
    assert list(after) == list(after), "One can go through the balances as often as one likes"


def test_no_payments(answer):
    assert list(answer.balances([])) == [], "No payments have no balances"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    after = names["balances"]([0.5] * 1_000)
    if isinstance(after, list | tuple):
        return (
            f"Your {type(after).__name__} holds references, and each balance is an object of its "
            "own, with a header: which sequence of the standard library holds the numbers?"
        )
    return (
        f"The {type(after).__name__} that you return is not what is too large. While it is made, "
        "something larger beside it holds the balances as objects."
    )
