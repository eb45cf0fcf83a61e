import pickle


def save(rows, path):
    with open(path, "wb") as file:
        pickle.dump(list(rows), file)


def load(path):
    with open(path, "rb") as file:
        yield from pickle.load(file)
