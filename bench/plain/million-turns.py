"""A loop of short turns in a profiled function: the worst that a table of lines can meet."""

import builtins
import sys
import time

# A profiler of lines puts it among the builtins; alone, it does nothing.
profile = getattr(builtins, "profile", lambda function: function)


@profile
def count(turns):
    total = 0
    for number in range(turns):
        total += number
        if total % 3 == 0:
            total -= 1
    return total


if __name__ == "__main__":
    start = time.perf_counter()
    count(int(sys.argv[1]))
    print("seconds", time.perf_counter() - start)
