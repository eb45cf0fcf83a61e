"""What is kept, what is dropped, and what exists only while one line runs."""


@profile
def function():
    kept = b"x" * (64 << 20)  # retained 64, peak 64
    other = b"x" * (96 << 20)  # retained 96, peak 96
    del other  # retained -96, peak 0
    size = len(b"x" * (128 << 20))  # retained 0, peak 128
    return size + len(kept)  # retained 0, peak 0


function()
