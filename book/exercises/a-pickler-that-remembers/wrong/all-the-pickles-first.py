# advice: before the first is written
import pickle


def save(batches, path):
    pickles = [pickle.dumps(batch) for batch in batches]
    with open(path, "wb") as file:
        file.write(b"".join(pickles))
