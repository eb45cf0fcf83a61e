"""What smooth returns, and a long row of readings."""

NUMBER = 600_000


def prepare():
    return {"readings": [i * i % 251 for i in range(NUMBER)]}


def work(answer, readings):
    means = answer.smooth(readings, 60)
    return means[0], means[-1]


def test_means(answer):
    readings = [3, 1, 4, 1, 5, 9, 2, 6]
    means = answer.smooth(readings, 3)
    assert hasattr(means, "__len__"), "What smooth returns has a len and an index: a sequence"
    expected = [sum(readings[max(0, i - 2) : i + 1]) / min(i + 1, 3) for i in range(8)]
    found = list(means)
    close = len(found) == 8 and all(
        abs(mean - right) < 1e-5 for mean, right in zip(found, expected, strict=True)
    )
    assert close, f"smooth({readings}, 3) is {expected}, not {found}"
    assert found == expected, (
        "The means are right to seven digits and wrong after them: a float has 8 bytes, and that "
        "is array type 'd'"
    )


def test_sequence(answer):
    means = answer.smooth(range(10), 2)
    assert len(means) == 10, "There is a mean for each reading"
    assert (means[0], means[4], means[-1]) == (0.0, 3.5, 8.5), "means[i] is the mean at reading i"
    assert list(means) == list(means), "One can go through the means as often as one likes"


def test_few(answer):
    assert list(answer.smooth([], 5)) == [], "No readings have no means"
    assert list(answer.smooth([7, 8], 5)) == [7.0, 7.5], "There may be fewer readings than width"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    means = names["smooth"](range(1_000), 10)
    if isinstance(means, list | tuple):
        return (
            f"Your {type(means).__name__} holds references, and each mean is an object of its own, "
            "with a header: which sequence of the standard library holds the numbers themselves?"
        )
    return (
        f"The {type(means).__name__} that you return is not what is too large. While it is made, "
        "something larger beside it holds the means as objects."
    )
