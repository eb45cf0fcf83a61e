# advice: `read`
import json


def append(path, records):
    with open(path, "a+b") as file:
        file.seek(0)
        file.truncate(sum(len(line) for line in file if line.endswith(b"\n")))
        file.writelines(json.dumps(record).encode() + b"\n" for record in records)


def read(path):
    with open(path, encoding="utf-8") as file:
        lines = file.readlines()
    for line in lines:
        if line.endswith("\n"):
            yield json.loads(line)
