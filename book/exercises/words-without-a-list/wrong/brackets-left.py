# advice: brackets
import re


def count_words(text):
    return sum([1 for _ in map(str, re.finditer(r"\S+", text))])
