"""Eight calls within each other, each of which takes eight mebibytes and keeps them."""


@profile
def descend(depth):
    block = b"x" * (8 << 20)  # retained 64, peak 8, times 8
    if depth == 1:  # times 8
        return [block]  # times 1
    return [block, *descend(depth - 1)]  # retained 56, peak 56, times 7


kept = descend(8)
