import ast

PAGES = 96
PAGE = 256 * 1024  # characters


def prepare():
    return {}


def work(answer):
    pages = (f"<title>Page {number}</title>".ljust(PAGE, ".") for number in range(PAGES))
    expected = [f"Page {number}" for number in range(PAGES)]
    assert answer.titles(pages) == expected, "the titles of many pages are wrong"


def test_it_returns_the_titles_in_their_order(answer):
    found = answer.titles(iter(["<title>One</title> ...", "... <title>Two</title>"]))
    assert found == ["One", "Two"], "Return the titles as strings, in the order of the pages."


def test_a_page_without_a_title_is_left_out(answer):
    found = answer.titles(iter(["<p>nothing</p>", "<title>Two</title>"]))
    assert found == ["Two"], "Leave out a page that has no title."


def test_a_title_may_have_several_lines(answer):
    found = answer.titles(iter(["<title>\nMy\nhovercraft\n</title>"]))
    assert found == ["My\nhovercraft"], "A title may have several lines, and space around it."


def test_the_first_title_counts(answer):
    found = answer.titles(iter(["<title>One</title><svg><title>Two</title></svg>"]))
    assert found == ["One"], "Of a page with two titles, return the first one alone."


def test_no_pages_have_no_titles(answer):
    assert answer.titles(iter([])) == [], "Without any pages, return an empty list."


def advise(answer):
    if answer.peak_mib < PAGES * PAGE / 2**20 / 2:
        return "Most pages die in time, and a few at once are too many: drop each before the next."
    for call in ast.walk(answer.tree):
        if isinstance(call, ast.Call) and ast.unparse(call) in ("list(pages)", "tuple(pages)"):
            return f"`{ast.unparse(call)}` holds every page at once: take them one at a time."
    if answer.calls("gc.collect"):
        return (
            "There is no cycle here to collect: something in your list still refers to the pages."
        )
    if answer.calls("search", "finditer", "match", "fullmatch"):
        return (
            "Every page is still held. Do you keep matches? A match remembers the text it is from."
        )
    return "Every page is still held: look at what you put into the list, and what that refers to."
