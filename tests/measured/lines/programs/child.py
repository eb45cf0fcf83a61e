"""A child process takes memory, which is not this one's."""

import subprocess
import sys


@profile
def function():
    code = "len(b'x' * (256 << 20))"
    subprocess.run([sys.executable, "-c", code], check=True)  # retained 0, peak 0
    block = b"x" * (64 << 20)  # retained 64, peak 64
    return block


kept = function()
# note: Child processes ran
