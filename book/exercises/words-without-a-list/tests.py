import ast

LINE = "my hovercraft is full of eels and it will not fly\n"
LINES = 30_000


def prepare():
    return {"text": LINE * LINES}


def work(answer, text):
    assert answer.count_words(text) == 11 * LINES, "the words of a long text are counted wrong"


def test_it_counts_words(answer):
    assert answer.count_words("my hovercraft") == 2, "`my hovercraft` has two words."
    assert answer.count_words("eels") == 1, "A single word, without any space, is one word."


def test_white_space_may_be_of_any_kind_and_length(answer):
    found = answer.count_words("  my\thovercraft \n\n is  full\n")
    expected = "Count words, not gaps: several spaces, tabs or ends of lines are one gap."
    assert found == 4, expected


def test_a_text_without_words_has_none(answer):
    assert answer.count_words("") == 0, "An empty text has no words."
    assert answer.count_words(" \n ") == 0, "A text of white space has no words: none, not one."


def test_a_text_may_be_long(answer):
    text = "eels\n" * 3_000 + "full-of-eels " * 3_000
    assert answer.count_words(text) == 6_000, "A word was counted twice, or not at all."


def advise(answer):
    if answer.calls("splitlines", "StringIO"):
        return (
            "Fewer words at once, but now every line of the text is there: find words one by one."
        )
    if answer.calls("split") and not answer.has(ast.For, ast.While, ast.GeneratorExp):
        return "`split` makes every word at once, to be counted and dropped: find one at a time."
    if answer.calls("findall", "list", "tuple", "sorted"):
        return "Every word is still in a list: go through them one by one instead, and count."
    if answer.has(ast.ListComp):
        return "The brackets make a list, with an item for every word: what if you drop them?"
    return "Something is there for every word at once: hold one word, and a number."
