import pickle
from itertools import islice


def save(rows, path):
    rows = iter(rows)
    with open(path, "wb") as file:
        while batch := list(islice(rows, 1_000)):
            pickle.dump(batch, file)


def load(path):
    with open(path, "rb") as file:
        while file.peek(1):
            yield from pickle.load(file)
