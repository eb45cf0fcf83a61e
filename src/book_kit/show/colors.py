"""Colors of pictures: while matplotlib draws, and the CSS variables that stand for them."""

from __future__ import annotations

#: Colors while matplotlib draws.
TEXT, MUTED, GRID = "#010101", "#020202", "#030303"
SERIES = ("#0a0001", "#0a0002", "#0a0003", "#0a0004", "#0a0005")
#: The CSS variables that stand for them on the page.
VARIABLES = {TEXT: "--figure-text", MUTED: "--figure-muted", GRID: "--figure-grid"} | {
    color: f"--figure-{number}" for number, color in enumerate(SERIES, start=1)
}


def need_colors(number: int, of_what: str) -> None:
    """Raise a ValueError if there are more of something than colors."""
    if number > len(SERIES):
        raise ValueError(f"{number} {of_what}, and {len(SERIES)} colors to tell them apart")
