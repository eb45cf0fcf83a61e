"""A package beside the scripts."""

from pathlib import Path

APPLES = int((Path(__file__).parents[3] / "data" / "apples.txt").read_text())
