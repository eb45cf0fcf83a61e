"""A loop whose turns each take a mebibyte, and one whose turns give it back."""


@profile
def function():
    blocks = []
    for _ in range(64):  # retained 0, peak 0, times 65
        block = b"x" * 2**20  # retained 64, peak 1, times 64
        blocks.append(block)  # retained 0, peak 0, times 64
    del block
    while blocks:  # retained 0, peak 0, times 65
        blocks.pop()  # retained -64, peak 0, times 64
    return blocks


function()
