"""The plain Python 3 port of the original's memory-profile-me: the baseline of `make bench`."""

import copy
import sys


@profile  # noqa: F821 -- memory_profiler puts it among the builtins
def function(length):
    x = list(range(length))
    y = copy.deepcopy(x)
    del x
    return y


if __name__ == "__main__":
    function(int(sys.argv[1]))
