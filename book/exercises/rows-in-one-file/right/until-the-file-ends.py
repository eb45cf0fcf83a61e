import pickle


def save(rows, path):
    batch = []
    with open(path, "wb") as file:
        for row in rows:
            batch.append(row)
            if len(batch) == 500:
                pickle.dump(batch, file)
                batch.clear()
        pickle.dump(batch, file)


def load(path):
    with open(path, "rb") as file:
        while True:
            try:
                batch = pickle.load(file)
            except EOFError:
                return
            yield from batch
