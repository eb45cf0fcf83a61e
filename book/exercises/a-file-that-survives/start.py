import json
from pathlib import Path


def append(path, records):
    path = Path(path)
    text = path.read_text() if path.exists() else ""
    whole = text[: text.rfind("\n") + 1]
    path.write_text(whole + "".join(json.dumps(record) + "\n" for record in records))


def read(path):
    lines = Path(path).read_text().split("\n")
    yield from [json.loads(line) for line in lines[:-1]]
