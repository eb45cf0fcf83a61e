"""The options that many experiments take: how many of something, and the folder for their files."""

from __future__ import annotations

from argparse import _ActionsContainer
from pathlib import Path

from measured.command import count


def add_number(arguments: _ActionsContainer, name: str, default: int, what: str) -> None:
    """Add an option for a whole number from 1 on.

    Parameters
    ----------
    arguments
        The experiment's parser.
    name, default
        The option, such as `--length`, and its value where it is not given.
    what
        What there are so many of, for `--help`.
    """
    arguments.add_argument(name, type=count, default=default, metavar="N", help=what)


def add_folder(arguments: _ActionsContainer, *files: str) -> None:
    """Add `--dir`, for the folder in which the experiment's files are to stay.

    Parameters
    ----------
    arguments
        The experiment's parser.
    *files
        The names of the files.
    """
    stay = "stays" if len(files) == 1 else "stay"
    arguments.add_argument(
        "--dir",
        type=Path,
        metavar="DIR",
        help=f"folder for {' and '.join(files)}, which then {stay}",
    )
