# advice: `append`
import json


def append(path, records):
    with open(path, "a+b") as file:
        file.seek(0)
        content = file.read()
        file.truncate(content.rfind(b"\n") + 1)
        file.writelines(json.dumps(record).encode() + b"\n" for record in records)


def read(path):
    with open(path, "rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield json.loads(line)
