"""Comprehensions are one line, however many turns they have."""


@profile
def function():
    blocks = [b"x" * 2**20 for _ in range(96)]  # retained 96, peak 96, times 1
    sizes = {len(b"x" * (64 << 20)) for _ in range(3)}  # retained 0, peak 64, times 1
    total = sum(  # retained 0, peak 0, times 1
        len(block) for block in blocks
    )
    return blocks, sizes, total


kept = function()
