from itertools import chain, pairwise


def count_words(text):
    pairs = pairwise(chain(" ", text))
    return sum(before.isspace() and not after.isspace() for before, after in pairs)
