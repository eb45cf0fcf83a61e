"""The plain Python 3 port of the original's test-pickle: the baseline of `make bench`."""

import builtins
import pickle
import random
import sys
import time

# A profiler of lines puts it among the builtins; alone, it does nothing.
profile = getattr(builtins, "profile", lambda function: function)


def random_string():
    return "".join([chr(64 + random.randint(0, 25)) for _ in range(20)])


@profile
def create_file(records):
    x = [(random.random(), random_string(), random.randint(0, 2**64)) for _ in range(records)]
    with open("machin.pkl", "wb") as f:
        pickle.dump(x, f)


@profile
def load_file():
    with open("machin.pkl", "rb") as f:
        y = pickle.load(f)
    return y


if __name__ == "__main__":
    start = time.perf_counter()
    create_file(int(sys.argv[1]))
    load_file()
    print("seconds", time.perf_counter() - start)
