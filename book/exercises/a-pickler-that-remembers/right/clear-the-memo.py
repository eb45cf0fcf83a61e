import pickle


def save(batches, path):
    with open(path, "wb") as file:
        pickler = pickle.Pickler(file)
        for batch in batches:
            pickler.dump(batch)
            pickler.clear_memo()
