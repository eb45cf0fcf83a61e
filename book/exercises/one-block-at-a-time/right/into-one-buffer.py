from zlib import crc32


def checksums(path, size):
    found = []
    with open(path, "rb", buffering=0) as file:
        buffer = memoryview(bytearray(size))
        while length := fill(buffer, file):
            found.append(crc32(buffer[:length]))
    return found


def fill(buffer, file):
    length = 0
    while count := file.readinto(buffer[length:]):
        length += count
    return length
