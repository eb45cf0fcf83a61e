import json


def append(path, records):
    with open(path, "a+b") as file:
        file.seek(0)
        whole = sum(len(line) for line in file if line.endswith(b"\n"))
        file.truncate(whole)
        for record in records:
            file.write(json.dumps(record).encode() + b"\n")


def read(path):
    with open(path, "rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield json.loads(line)
