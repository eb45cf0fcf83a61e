import pickle


def save(batches, path):
    with open(path, "wb") as file:
        for batch in batches:
            pickle.dump(batch, file)
