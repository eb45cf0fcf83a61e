import os
from zlib import crc32


def checksums(path, size):
    with open(path, "rb") as file:
        length = os.fstat(file.fileno()).st_size
        return [crc32(file.read(size)) for _ in range(0, length, size)]
