import json
import os


def append(path, records):
    with open(path, "a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")  # the record that was cut gets a line of its own
        for record in records:
            file.write(json.dumps(record).encode() + b"\n")


def read(path):
    with open(path, "rb") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                continue
