"""A function that is left by an exception, and one that goes on after it."""


@profile
def fails():
    block = b"x" * (64 << 20)  # retained 64, peak 64
    raise LookupError(len(block))  # retained 0, peak 0


@profile
def goes_on():
    try:
        fails()  # peak 64
    except LookupError as error:
        size = error.args[0]  # times 1
    block = b"x" * (96 << 20)  # peak 96
    return block, size


kept = goes_on()
