"""What of a class is in a pickle, and which pickles outlive a change of the class?

Each class below stands for one version of `model.Model`: the one that was saved, and the one that
the program has when it loads.  `W` and `b` have become `weights` and `bias`.

    python scripts/tutorial/survive-renames.py
"""

import pickle
import sys
from argparse import Namespace
from pickletools import genops
from types import ModuleType

from measured.command import Experiment, execute, parser

Numbers = list[float]
INSTRUMENT = "pickle.loads"


class Then:
    """Version 1, as pickle treats any class: it saves `__dict__`, names and all."""

    def __init__(self, weights: Numbers, bias: Numbers) -> None:
        self.W, self.b = weights, bias

    def predict(self, x: float) -> float:
        """Apply the model: its code, which no pickle holds."""
        return self.W[0] * x + self.b[0]


class Now:
    """Version 2, after the renaming."""

    def __init__(self, weights: Numbers, bias: Numbers) -> None:
        self.weights, self.bias = weights, bias

    def predict(self, x: float) -> float:
        """Apply the model."""
        return self.weights[0] * x + self.bias[0]


class CarefulThen(Then):
    """Version 1 with a state of its own: the two values in order, and no name."""

    def __getstate__(self) -> tuple[Numbers, Numbers]:
        return self.W, self.b

    def __setstate__(self, state: tuple[Numbers, Numbers]) -> None:
        self.W, self.b = state


class CarefulNow(Now):
    """Version 2 of that: other names, the same state."""

    def __getstate__(self) -> tuple[Numbers, Numbers]:
        return self.weights, self.bias

    def __setstate__(self, state: tuple[Numbers, Numbers]) -> None:
        self.weights, self.bias = state


def install(version: type) -> None:
    """Put a version where pickle looks for it: under the name `Model` in the module `model`."""
    version.__module__, version.__name__, version.__qualname__ = "model", "Model", "Model"
    module = sys.modules.setdefault("model", ModuleType("model"))
    module.Model = version  # type: ignore[attr-defined]


def works(experiment: Experiment, what: str, data: bytes) -> float:
    """Load `data`, use the object, and return 1 if both work and 0 if not."""
    try:
        prediction = pickle.loads(data).predict(2.0)  # made by this run, a moment ago
    except AttributeError as error:
        experiment.say(f"{what}: AttributeError: {error}")
        return 0.0
    experiment.say(f"{what}: predicts {prediction}")
    return 1.0


def main(experiment: Experiment, _options: Namespace) -> None:
    pickles = {}
    for version in (Then, CarefulThen):
        install(version)
        pickles[version] = pickle.dumps(version([0.5], [20.0]))
    saved = pickles[Then]
    words = [argument for _, argument, _ in genops(saved) if isinstance(argument, str)]
    experiment.say(f"all words in a pickle of version 1: {', '.join(words)}")
    names = sum(word in ("model", "Model") for word in words)
    label = "names of module and class among them"
    experiment.record("holds.names", names, "count", "pickletools.genops", label=label)
    method = Then.predict
    assert method.__doc__
    parts = (method.__name__.encode(), method.__doc__.encode(), method.__code__.co_code)
    held = sum(part in saved for part in parts)
    label = "a method's name, text and code: held"
    experiment.record("holds.method", held, "count", "in", label=label)

    install(Now)
    plain = works(experiment, "default state, renamed", saved)
    install(CarefulNow)
    careful = works(experiment, "own state, renamed", pickles[CarefulThen])
    del sys.modules["model"].Model
    gone = works(experiment, "class gone", saved)
    for name, worked, label in (
        ("plain", plain, "default state: loads and works"),
        ("careful", careful, "own state: loads and works"),
        ("gone", gone, "class gone: loads and works"),
    ):
        experiment.record(name, worked, "fraction", INSTRUMENT, label=label)


if __name__ == "__main__":
    execute(main, parser(__doc__))
