import json
import struct

LENGTH = struct.Struct("<I")


def append(path, records):
    with open(path, "a+b") as file:
        file.seek(0)
        whole = sum(LENGTH.size + len(content) for content in contents(file))
        file.truncate(whole)
        for record in records:
            content = json.dumps(record).encode()
            file.write(LENGTH.pack(len(content)) + content)


def read(path):
    with open(path, "rb") as file:
        for content in contents(file):
            yield json.loads(content)


def contents(file):
    while len(head := file.read(LENGTH.size)) == LENGTH.size:
        (length,) = LENGTH.unpack(head)
        content = file.read(length)
        if len(content) < length:
            return
        yield content
