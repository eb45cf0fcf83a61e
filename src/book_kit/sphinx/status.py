"""How and where the book was built: each page's run time and peak, and the machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book_kit.show.markup import inline
from book_kit.show.tables import frame
from book_kit.sphinx import live
from book_kit.sphinx.kept import kept, runs
from book_kit.sphinx.notebooks import execution
from book_kit.sphinx.places import add_place, write_beside_pages
from measured import environment, units

NAME = "build-status"
IN_A_LINE = "measured-on"
MACHINE = "Where the figures of this build were measured"
PAGES = "Pages: time on the clock, and the highest resident memory of any of their processes"


def _html(app: Sphinx, here: str) -> str:
    return _machine(app) + _pages(app, here)


def _pages(app: Sphinx, here: str) -> str:
    rows = ""
    for page, measured in timings(app.env).items():
        link = app.builder.get_relative_uri(here, page)
        peak = measured["peak_mib"]
        rows += (
            f'<tr><th scope="row"><a href="{link}">'
            f"{inline(app.env.titles[page].astext())}</a></th>"
            f'<td class="number">{units.write(measured["seconds"], "s")}</td>'
            f'<td class="number">{units.write(measured["measured"], "s")}</td>'
            f'<td class="number">{measured["runs"]}</td>'
            f'<td class="number">{units.write(peak, "MiB") if peak else ""}</td>'
            f"<td>{'ran' if measured['succeeded'] else 'FAILED'}</td></tr>"
        )
    return frame(
        PAGES,
        ["page", "#run time", "#its experiments, when they ran", "#processes", "#peak", "cells"],
        rows,
        label=PAGES,
    )


def timings(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """Return for each page that has cells how long they took, and how high memory rose.

    `seconds` is the page's run time and `experiments` the part that it waited for its
    experiments, both on the clock; `measured` is how long they took when they ran, maybe in an
    earlier build; `peak_mib` is None for a page without experiments.
    """
    found = {}
    for page, content in kept(env).items():
        done = execution(env, page)
        found[page] = {
            "seconds": done.get("runtime") or 0.0,
            "experiments": sum(run.waited for run in content.runs),
            "measured": sum(run.seconds for run in content.runs),
            "runs": sum(run.repeats for run in content.runs),
            "peak_mib": max((run.peak_mib or 0 for run in content.runs), default=0) or None,
            "succeeded": done.get("succeeded"),
            "finished": done.get("mtime"),
        }
    return found


def _machine(app: Sphinx) -> str:
    env = app.env
    rows = {
        **environment.describe(),
        "commit": _commit(Path(env.srcdir)),
        "live cells": live.described(app),
    }
    moments = sorted(run.environment["measured"] for _, run in runs(env))
    if moments:
        first, last = moments[0], moments[-1]
        rows["measured"] = last if first == last else f"from {first} to {last}"
    body = "".join(
        f'<tr><th scope="row">{inline(name)}</th><td>{inline(value)}</td></tr>'
        for name, value in rows.items()
    )
    return frame(MACHINE, ["what", "value"], body, label=MACHINE)


def _line(app: Sphinx, _here: str) -> str:
    """Say in a line, as paper needs it, whose figures these are."""
    of = environment.describe()
    days = [run.environment["measured"] for _, run in runs(app.env)]
    when = f", {max(days).split()[0]}" if days else ""
    where = f"{of['implementation']} {of['python']}, {of['system']}, {of['machine']}"
    return f'<p class="measured-on">Measured on {inline(where + when)}.</p>'


def _commit(folder: Path) -> str:
    """Return the commit that the book was built from, and whether there were changes on top."""
    quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--dirty=, with changes", "--exclude=*"],
            cwd=folder,
            env=quiet,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return described.stdout.strip()


def write(app: Sphinx) -> None:
    """Write `timings.json`: what each page took."""
    write_beside_pages(app, "timings.json", timings(app.env))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    add_place(app, NAME, _html)
    add_place(app, IN_A_LINE, _line)
