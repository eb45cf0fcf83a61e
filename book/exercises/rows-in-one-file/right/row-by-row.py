import pickle


def save(rows, path):
    with open(path, "wb") as file:
        pickler = pickle.Pickler(file)
        for row in rows:
            pickler.dump((True, row))
            pickler.clear_memo()
        pickler.dump((False, None))


def load(path):
    with open(path, "rb") as file:
        is_row, row = pickle.load(file)
        while is_row:
            yield row
            is_row, row = pickle.load(file)
