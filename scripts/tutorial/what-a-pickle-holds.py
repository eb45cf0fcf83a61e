"""What is in the pickle of an object: how many of its bytes are names, values, and code?

A pickle is a list of instructions for the unpickler.  Each byte belongs to one of them: to an
instruction that carries a name, a number, or neither.

    python scripts/tutorial/what-a-pickle-holds.py
"""

import pickle
from argparse import Namespace
from pickletools import genops

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number

SOURCE = "pickletools.genops"


class Model:
    """A model, as pickle treats any class."""

    def __init__(self, number: int) -> None:
        self.weights = [0.5 + n for n in range(number)]
        self.bias = 20.0

    def predict(self, x: float) -> float:
        """Apply the model: its code."""
        return self.weights[0] * x + self.bias


def bytes_by_kind(saved: bytes) -> dict[str, int]:
    """Return how many bytes of the pickle of a `Model` are of which kind."""
    kinds = {"class": 0, "attributes": 0, "values": 0, "instructions": 0}
    steps = [(argument, at or 0) for _, argument, at in genops(saved)]
    ends = [at for _, at in steps[1:]] + [len(saved)]
    for (argument, at), end in zip(steps, ends, strict=True):
        if isinstance(argument, str):
            kind = "class" if argument in (Model.__name__, Model.__module__) else "attributes"
        else:
            kind = "values" if isinstance(argument, float) else "instructions"
        kinds[kind] += end - at
    return kinds


def bytes_of_code(saved: bytes) -> int:
    """Return how many bytes of a method, its name, text and code, are in the pickle."""
    method = Model.predict
    assert method.__doc__
    parts = (method.__name__.encode(), method.__doc__.encode(), method.__code__.co_code)
    return sum(len(part) for part in parts if part in saved)


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(200 * options.weights, f"{options.weights:,} weights", "give --weights less")
    saved = pickle.dumps(Model(options.weights))
    experiment.record("all", len(saved), "bytes", "len", label="the pickle")
    for kind, size in bytes_by_kind(saved).items():
        experiment.record(kind, size, "bytes", SOURCE, label=f"  {kind}")
    experiment.record("code", bytes_of_code(saved), "bytes", "in", label="  code of its method")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--weights", 5, "numbers in the model")
    execute(main, arguments)
