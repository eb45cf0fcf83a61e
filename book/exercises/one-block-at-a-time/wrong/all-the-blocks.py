# advice: every block
from zlib import crc32


def checksums(path, size):
    with open(path, "rb") as file:
        blocks = []
        while block := file.read(size):
            blocks.append(block)
    return [crc32(block) for block in blocks]
