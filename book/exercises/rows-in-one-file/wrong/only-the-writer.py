# advice: load
import pickle


def save(rows, path):
    with open(path, "wb") as file:
        for row in rows:
            pickle.dump(row, file)


def load(path):
    rows = []
    with open(path, "rb") as file:
        while file.peek(1):
            rows.append(pickle.load(file))
    yield from rows
