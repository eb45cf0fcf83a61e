PAGES = 96
CONTENT = 256 * 1024  # bytes


class Page:
    def __init__(self, heard, content=b""):
        self.heard = heard
        self.content = content

    def refresh(self, value):
        self.heard.append(value)

    def close(self, value):
        self.heard.append(-value)


def prepare():
    return {}


def work(answer):
    signal, heard = answer.Signal(), []
    for number in range(PAGES):
        page = Page(heard, b"." * CONTENT)
        signal.connect(page.refresh)
        signal.send(number)
        del page
    assert set(heard) == set(range(PAGES)), "a page that is alive hears each value"


def test_every_method_is_called_in_order(answer):
    signal, heard = answer.Signal(), []
    pages = [Page([]) for _ in range(300)]
    for page in pages:
        page.heard = heard
        signal.connect(page.refresh)
    signal.send(7)
    expected = (
        "A method is an object of its own, made anew by each `page.refresh`: a weak reference to it"
        " is dead at once, though the page lives."
    )
    assert heard, expected
    assert heard == [7] * 300, "Every method that was connected is called, once for each value."


def test_the_order_is_that_of_the_connections(answer):
    signal, heard = answer.Signal(), []
    pages = [Page(heard) for _ in range(2)]
    signal.connect(pages[1].close)
    signal.connect(pages[0].refresh)
    signal.send(5)
    assert heard == [-5, 5], "Call the methods in the order in which they were connected."


def test_two_methods_of_one_object_are_both_called(answer):
    signal, heard = answer.Signal(), []
    page = Page(heard)
    signal.connect(page.refresh)
    signal.connect(page.close)
    signal.send(5)
    assert sorted(heard) == [-5, 5], "One object may connect two methods: call both."


def test_another_object_may_have_died(answer):
    signal, heard = answer.Signal(), []
    first, second = Page(heard), Page(heard)
    signal.connect(first.refresh)
    signal.connect(second.refresh)
    del first
    try:
        signal.send(5)
    except (TypeError, AttributeError, RuntimeError):
        raise AssertionError(
            "When one object has died, `send` fails: leave out the dead."
        ) from None
    assert 5 in heard, "When one object has died, the others are still called."


def test_two_signals_know_nothing_of_each_other(answer):
    one, two, heard = answer.Signal(), answer.Signal(), []
    page = Page(heard)
    one.connect(page.refresh)
    two.send(5)
    assert heard == [], "What is connected to one signal does not hear another one."


def test_a_signal_without_methods_can_send(answer):
    answer.Signal().send(5)


def test_an_object_may_die_while_values_are_sent(answer):
    signal, heard, pages = answer.Signal(), [], []

    class Leaving(Page):
        def refresh(self, value):
            super().refresh(value)
            pages.clear()

    pages += [Leaving(heard), Page(heard), Page(heard)]
    for page in pages:
        signal.connect(page.refresh)
    del page
    signal.send(1)
    signal.send(2)
    assert 1 in heard, "A method that is called may let go of other objects: go on all the same."


def advise(answer):
    if answer.calls("gc.collect"):
        return "There is no cycle here to collect: the signal itself refers to each page."
    if answer.calls(
        "ref", "proxy", "WeakMethod", "WeakKeyDictionary", "WeakValueDictionary", "WeakSet"
    ):
        return (
            "Something in your signal still refers to each page: do you hold the method itself?"
            " It knows its page."
        )
    return "A method knows its object: a list of methods keeps each page alive. Hold them weakly."
