# advice: cut in two
import json


def append(path, records):
    with open(path, "a", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record) + "\n")


def read(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
