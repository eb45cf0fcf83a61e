# advice: save
import pickle


def save(rows, path):
    rows = list(rows)
    with open(path, "wb") as file:
        for start in range(0, len(rows), 1_000):
            pickle.dump(rows[start : start + 1_000], file)


def load(path):
    with open(path, "rb") as file:
        while file.peek(1):
            yield from pickle.load(file)
