"""A loop of 400,000 short turns, each of which keeps 512 bytes.

CPython's allocator puts 31 of them into a pool of 16 KiB: 400,000 / 31 * 16 / 1024 MiB.
"""


@profile
def function():
    kept = [None] * 400_000  # retained 3.05, peak 3.05
    for index in range(400_000):  # retained 0, peak 0, times 400001
        kept[index] = bytes(479)  # retained 201.6, times 400000
    return kept  # times 1


function()
