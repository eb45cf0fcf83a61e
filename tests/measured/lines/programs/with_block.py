"""A context that takes memory as it begins and gives it back as it ends."""

from contextlib import contextmanager


@contextmanager
def held():
    block = b"x" * (64 << 20)
    yield len(block)
    del block


@profile
def function():
    with held() as size:  # retained 0, peak 64, times 1
        block = b"x" * (32 << 20)  # retained 32, peak 32
    return block, size  # retained 0, peak 0


kept = function()
