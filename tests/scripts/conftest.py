"""Runs of every script, which many rules are about."""

from __future__ import annotations

from pathlib import Path

import pytest
from runs_of_scripts import Answers, Ran, ask, measure, of_every_script


@pytest.fixture(scope="session")
def runs(common_folder: Path) -> dict[str, Ran]:
    """Return for every script how it ran with `--json` at a small size."""
    made = of_every_script(common_folder / "runs", measure)
    return {name: ran["--json"] for name, ran in made.items()}


@pytest.fixture(scope="session")
def answers(common_folder: Path) -> dict[str, Answers]:
    """Return for every script what it answers to what it refuses."""
    return of_every_script(common_folder / "answers", ask)
