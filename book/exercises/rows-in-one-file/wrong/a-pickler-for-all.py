# advice: remembers
import pickle
from itertools import islice


def save(rows, path):
    rows = iter(rows)
    with open(path, "wb") as file:
        pickler = pickle.Pickler(file)
        while batch := list(islice(rows, 1_000)):
            pickler.dump(batch)


def load(path):
    with open(path, "rb") as file:
        unpickler = pickle.Unpickler(file)
        while file.peek(1):
            yield from unpickler.load()
