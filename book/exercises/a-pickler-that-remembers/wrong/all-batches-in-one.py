# advice: a pickle of its own
import pickle


def save(batches, path):
    with open(path, "wb") as file:
        pickle.dump([row for batch in batches for row in batch], file)
