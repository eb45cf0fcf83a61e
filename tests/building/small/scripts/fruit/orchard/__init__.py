"""A package beside the scripts."""

from pathlib import Path

APPLES = Path(__file__).parents[3] / "data" / "apples.txt"
