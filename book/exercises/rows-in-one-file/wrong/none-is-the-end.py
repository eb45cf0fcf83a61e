# advice: may be None
import pickle


def save(rows, path):
    with open(path, "wb") as file:
        for row in rows:
            pickle.dump(row, file)
        pickle.dump(None, file)


def load(path):
    with open(path, "rb") as file:
        while (row := pickle.load(file)) is not None:
            yield row
