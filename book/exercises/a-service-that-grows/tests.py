import ast

REQUESTS = 300  # of which each third fails
TEXT = 64 * 1024  # characters


def read_long(name):
    title = "" if name.endswith("bad") else name
    return f"{title}\n".ljust(TEXT, ".")


def prepare():
    return {"names": [f"{at} {'bad' if at % 3 == 2 else 'good'}" for at in range(REQUESTS)]}


def work(answer, names):
    service = answer.Service(read_long)
    made = sum(service.handle(name) is not None for name in names)
    report = service.report()
    assert made == report["pages"] == REQUESTS * 2 // 3, "some of many requests are answered wrong"


class Reading:
    """A `read` that counts."""

    def __init__(self):
        self.times = {}

    def __call__(self, name):
        self.times[name] = self.times.get(name, 0) + 1
        if name == "missing":
            raise KeyError(name)
        return "\nno title" if name == "bad" else f"{name}\nsome text"


def test_a_request_is_answered_with_a_page(answer):
    service = answer.Service(Reading())
    expected = "`handle` returns the page that `render` makes of the document."
    assert service.handle("home") == "<h1>home</h1>\nSOME TEXT", expected
    assert service.handle("bad") is None, "Where a page cannot be made, `handle` returns None."
    assert service.handle("missing") is None, "Where `read` fails, `handle` returns None as well."


def test_the_report_counts_pages_and_their_lengths(answer):
    service = answer.Service(Reading())
    pages = [service.handle(name) for name in ("home", "contact", "home", "bad")]
    report = service.report()
    assert report["pages"] == 3, "The report counts each page that was made, also a second time."
    mean = sum(len(page) for page in pages if page) / 3
    assert abs(report["mean"] - mean) < 0.01, "The report has the mean length of all pages made."


def test_the_report_counts_each_error(answer):
    service = answer.Service(Reading())
    for name in ("bad", "home", "missing", "bad"):
        service.handle(name)
    expected = "The report says how often each error occurred, by its type and its message."
    errors = {"ValueError: a document without a title": 2, "KeyError: 'missing'": 1}
    assert dict(service.report()["errors"]) == errors, expected


def test_a_report_without_requests(answer):
    report = answer.Service(Reading()).report()
    expected = "Before the first request, the report has no pages, no errors, and a mean of 0."
    assert (report["pages"], report["mean"], dict(report["errors"])) == (0, 0, {}), expected


def test_a_report_does_not_end_anything(answer):
    service = answer.Service(Reading())
    service.handle("home")
    service.report()
    service.handle("home")
    assert service.report()["pages"] == 2, "A report goes back to the start of the service."


def test_a_document_in_demand_is_read_once(answer):
    reading = Reading()
    service = answer.Service(reading)
    for number in range(100):
        service.handle("home")
        service.handle(f"once {number}")
    expected = "A document in demand was read twice: forget the one that was used longest ago."
    assert reading.times["home"] == 1, expected


def test_two_services_share_nothing(answer):
    one, two = answer.Service(Reading()), answer.Service(lambda name: f"{name}\nelse")
    one.handle("home")
    assert two.handle("home") == "<h1>home</h1>\nELSE", "Each service has documents of its own."
    assert two.report()["pages"] == 1, "Each service has a report of its own."


def advise(answer):
    cache, pages, errors = _grows_by_documents(answer), _keeps_pages(answer), _keeps_errors(answer)
    times = f"{answer.peak_mib / answer.budget_mib:.0f} times the budget"
    if cache + pages + errors > 1:
        return (
            f"{times}, and more than one line grows with the requests, each a ramp of its own:"
            " look at all that `__init__` makes."
        )
    if errors:
        return (
            "What failed is kept: an exception leads to the variables of the functions it passed."
        )
    if pages:
        return "Each page is kept for a report: which of its properties does the report need?"
    if cache == 1:
        return "What keeps documents never forgets one: give it a bound, for those in demand."
    if answer.calls("lru_cache"):
        return "Your cache has no bound, or it is too high: how many documents fit into the budget?"
    return "Something still grows with each request: what does the service keep of a request?"


def _grows_by_documents(answer):
    """Whether answers are put by their names into something from which nothing is taken."""
    if answer.calls("popitem", "pop", "popleft", "clear", "lru_cache") or answer.has(ast.Delete):
        return False
    return any(
        isinstance(it, ast.Assign)
        and isinstance(it.targets[0], ast.Subscript)
        and isinstance(it.value, (ast.Call, ast.Name))
        for it in ast.walk(answer.tree)
    )


def _keeps_pages(answer):
    failed = {it.name for it in ast.walk(answer.tree) if isinstance(it, ast.ExceptHandler)}
    return any(it.id not in failed for it in _appended(answer.tree) if isinstance(it, ast.Name))


def _keeps_errors(answer):
    for clause in ast.walk(answer.tree):
        if isinstance(clause, ast.ExceptHandler) and clause.name:
            put = _appended(clause)
            put += [it.value for it in ast.walk(clause) if isinstance(it, ast.Assign)]
            if any(isinstance(it, ast.Name) and it.id == clause.name for it in put):
                return True
    return False


def _appended(tree):
    return [
        argument
        for it in ast.walk(tree)
        if isinstance(it, ast.Call) and ast.unparse(it.func).endswith(".append")
        for argument in it.args
    ]
