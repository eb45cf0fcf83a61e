"""Pages of a file are resident too, once they have been touched."""

import mmap
import tempfile


@profile
def function():
    with tempfile.TemporaryFile() as file:
        file.truncate(64 * 2**20)  # retained 0, peak 0
        mapped = mmap.mmap(file.fileno(), 0)  # retained 0, peak 0
        total = sum(mapped[:: mmap.PAGESIZE])  # retained 64, peak 64
        mapped.close()  # retained -64, peak 0
    return total


function()
