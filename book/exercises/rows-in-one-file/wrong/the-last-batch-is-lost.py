# advice: last batch written
import pickle


def save(rows, path):
    batch = []
    with open(path, "wb") as file:
        for row in rows:
            batch.append(row)
            if len(batch) == 2:
                pickle.dump(batch, file)
                batch = []


def load(path):
    with open(path, "rb") as file:
        while file.peek(1):
            yield from pickle.load(file)
