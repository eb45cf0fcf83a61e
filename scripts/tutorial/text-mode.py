"""What happens to a pickle in a file that was opened in text mode?

Python 2 wrote it.  On Unix that worked; on Windows it changed the bytes.

    python scripts/tutorial/text-mode.py
"""

import pickle
from argparse import Namespace
from pathlib import Path

from measured.command import Experiment, execute, parser
from measured.files import data_folder


def succeeds(experiment: Experiment, path: Path, mode: str) -> float:
    """Return 1 if a pickle can be written to a file opened in this mode, and 0 if not."""
    with path.open(mode) as file:
        try:
            pickle.dump([4, "toaster", 230.1], file)
        except TypeError as error:
            experiment.say(f"open(path, {mode!r}): TypeError: {error}")
            return 0.0
    experiment.say(f"open(path, {mode!r}): {path.stat().st_size} bytes written")
    return 1.0


def main(experiment: Experiment, _options: Namespace) -> None:
    with data_folder(None) as folder:
        for name, mode in (("text", "w"), ("binary", "wb")):
            worked = succeeds(experiment, folder / f"{name}.pkl", mode)
            experiment.record(name, worked, "fraction", "pickle.dump", label=f"{name} mode works")


if __name__ == "__main__":
    execute(main, parser(__doc__))
