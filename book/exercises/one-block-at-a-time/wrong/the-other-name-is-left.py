# advice: another name
from zlib import crc32


def blocks(path, size):
    with open(path, "rb") as file:
        while block := file.read(size):
            yield block
            block = None


def checksums(path, size):
    found = []
    for block in blocks(path, size):
        found.append(crc32(block))
    return found
