import pickle


def save(batches, path):
    with open(path, "wb") as file:
        file.writelines(map(pickle.dumps, batches))
