# advice: whole file
from zlib import crc32


def checksums(path, size):
    with open(path, "rb") as file:
        content = file.read()
    return [crc32(content[start : start + size]) for start in range(0, len(content), size)]
