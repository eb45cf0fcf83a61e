# advice: cut in two
import pickle


def append(path, records):
    with open(path, "ab") as file:
        for record in records:
            pickle.dump(record, file)


def read(path):
    with open(path, "rb") as file:
        while file.peek(1):
            yield pickle.load(file)
