# advice: EOFError
import pickle


def save(rows, path):
    with open(path, "wb") as file:
        for row in rows:
            pickle.dump(row, file)


def load(path):
    with open(path, "rb") as file:
        while True:
            yield pickle.load(file)
