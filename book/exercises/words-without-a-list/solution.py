import re


def count_words(text):
    return sum(1 for _ in re.finditer(r"\S+", text))
