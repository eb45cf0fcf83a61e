"""Memory from before a call until after it, a line for each way to make the call."""

from __future__ import annotations

from collections.abc import Mapping

from book_kit.running.experiment import Result
from book_kit.show.lines import lines
from book_kit.show.markup import Markup
from measured import units


def over_time(ways: Mapping[str, Result], *, call: str, y: str, alt: str, caption: str) -> Markup:
    """Draw memory over the time of a call; each line says how high it rose above its beginning.

    A peak may be too short for samples: the figure beside a line is that of the kernel.

    Parameters
    ----------
    ways
        For each line's label the result whose series `memory` it shows, and the peak of whose
        step `call`.  The series has percent of the call's time, and MiB.  What came before the
        call is below 0, and what came after it above 100.
    call, y
        What took the time, and whose memory it is.
    alt, caption
        As for `book_kit.show.lines.lines`.
    """
    series = {}
    for label, result in ways.items():
        rise = units.write(result["call.peak"].median, "MiB", signed=True)
        series[f"{label} {rise}"] = result.series["memory"]
    return lines(
        series,
        x=f"time, in percent of what {call} takes",
        y=f"{y} (MiB)",
        alt=alt,
        caption=caption,
    )
