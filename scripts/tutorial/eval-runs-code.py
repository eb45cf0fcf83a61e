"""What happens when a line of a flat file, or a pickle, is not data but a program?

The "attack" asks the system for the number of this process, and nothing else.  If the answer comes
back, code that came with the data has run.  The script makes its hostile data itself.

    python scripts/tutorial/eval-runs-code.py
"""

import ast
import io
import json
import os
import pickle
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, parser
from measured.rows import make_rows

HOSTILE_LINE = "__import__('os').getpid()"


class Hostile:
    """An object whose pickle is a call, which `pickle.loads` makes."""

    def __reduce__(self) -> tuple[Callable[[], int], tuple[()]]:
        return os.getpid, ()


class DataOnly(pickle.Unpickler):
    """An unpickler that looks up no names, so that a pickle has nothing to call."""

    def find_class(self, module: str, name: str) -> object:
        """Refuse to look up anything; an unpickler calls this for each name."""
        raise pickle.UnpicklingError(f"{module}.{name} is refused")


def loads_data_only(data: bytes) -> object:
    return DataOnly(io.BytesIO(data)).load()


def runs_code(experiment: Experiment, name: str, read: Callable[[], object]) -> None:
    """Record whether reading hostile data gives the number of this process."""
    try:
        answer = read()
    except (ValueError, pickle.UnpicklingError) as error:
        answer = f"{type(error).__name__}: {str(error).partition(':')[0]}"
    experiment.say(f"{name:<14} {answer}")
    ran = answer == os.getpid()
    experiment.record(f"{name}.ran", ran, "count", "os.getpid", label="  programs run")


def main(experiment: Experiment, _options: Namespace) -> None:
    experiment.say(f"this process   {os.getpid()}")
    experiment.say(f"the line       {HOSTILE_LINE}")
    runs_code(experiment, "eval", lambda: eval(HOSTILE_LINE))
    runs_code(experiment, "literal_eval", lambda: ast.literal_eval(HOSTILE_LINE))
    runs_code(experiment, "json", lambda: json.loads(HOSTILE_LINE))

    hostile_pickle = pickle.dumps(Hostile())
    experiment.say(f"the pickle     {hostile_pickle[11:]!r}")  # without its header
    runs_code(experiment, "pickle", lambda: pickle.loads(hostile_pickle))
    runs_code(experiment, "data_only", lambda: loads_data_only(hostile_pickle))

    rows = make_rows(1000)
    back = loads_data_only(pickle.dumps(rows))
    same = len(rows) if back == rows else 0
    experiment.record("data_only.rows", same, "count", "==", label="rows that data_only reads back")


if __name__ == "__main__":
    execute(main, parser(__doc__))
