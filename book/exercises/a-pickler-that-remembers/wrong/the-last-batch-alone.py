# advice: each batch
import pickle


def save(batches, path):
    for batch in batches:
        with open(path, "wb") as file:
            pickle.dump(batch, file)
