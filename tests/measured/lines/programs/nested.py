"""A measured function that calls another: its line contains all that the other does."""


@profile
def inner():
    size = len(b"x" * (160 << 20))  # retained 0, peak 160
    block = b"x" * (64 << 20)  # retained 64, peak 64
    return block, size  # retained 0, peak 0


@profile
def outer():
    before = b"x" * (32 << 20)  # retained 32, peak 32
    block, size = inner()  # retained 64, peak 160
    del before  # retained -32, peak 0
    return block, size  # retained 0, peak 0


kept = outer()
