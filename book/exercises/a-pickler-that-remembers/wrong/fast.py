# advice: one object
import pickle


def save(batches, path):
    with open(path, "wb") as file:
        pickler = pickle.Pickler(file)
        pickler.fast = True
        for batch in batches:
            pickler.dump(batch)
