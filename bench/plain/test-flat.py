"""The plain Python 3 port of the original's test-flat: the baseline of `make bench`."""

import ast
import random
import sys


def random_string():
    return "".join([chr(64 + random.randint(0, 25)) for _ in range(20)])


@profile  # noqa: F821 -- memory_profiler puts it among the builtins
def create_file(records):
    x = [(random.random(), random_string(), random.randint(0, 2**64)) for _ in range(records)]
    with open("machin.flat", "w") as f:
        for xx in x:
            print(xx, file=f)


@profile  # noqa: F821
def load_file():
    y = []
    with open("machin.flat") as f:
        for line in f:
            y.append(ast.literal_eval(line))
    return y


if __name__ == "__main__":
    create_file(int(sys.argv[1]))
    load_file()
