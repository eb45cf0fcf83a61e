"""A generator that keeps 32 mebibytes, while those who use it take and drop 128."""


@profile
def produce():
    block = b"x" * (32 << 20)  # retained 32, peak 32
    for number in range(4):  # retained 0, peak 0, times 5
        sent = yield number  # retained 0, peak 0, times 4
    other = b"x" * (48 << 20)  # retained 48, peak 48
    return len(block) + len(other) + len(sent)  # retained 0, peak 0


taken = []
generator = produce()
try:
    next(generator)
    while True:
        taken.append(b"x" * (128 << 20))
        generator.send(bytes(1))
except StopIteration:
    pass
