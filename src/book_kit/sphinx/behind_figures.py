"""What stands behind the figures of a page, for `figures.js` to show: experiments and claims."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book_kit.protocol import Run
from book_kit.sphinx.kept import claims, runs

_RUNS = re.compile(r'data-runs="([^"]*)"')
_WHERE = ("python", "system", "malloc", "processor")


def behind(env: BuildEnvironment, app: Sphinx, page: str, keys: set[str]) -> dict[str, Any]:
    """Return for each experiment its command, its script, where it ran, and what rests on it."""
    found: dict[str, dict[str, Any]] = {}
    for _, run in runs(env):
        if run.key in keys:
            found[run.key] = {"command": run.command, "where": where_of(run), "claims": []}
    for owner, claim in claims(env):
        address = f"{app.builder.get_relative_uri(page, owner)}#claim-{claim.id}"
        for key in claim.runs:
            if key in found:
                found[key]["claims"].append([claim.id, address])
    return found


def where_of(run: Run) -> str:
    """Say where and when an experiment ran."""
    where = ", ".join(run.environment[name] for name in _WHERE if run.environment.get(name))
    return f"Python {where}; {run.environment.get('measured', '')}".rstrip("; ")


def carried(content: object) -> Markup:
    """Write data for a script element that carries it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("</", "<\\/"))


def _add(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    keys = {key for some in _RUNS.findall(context.get("body", "")) for key in some.split()}
    context["behind_figures"] = carried(behind(app.env, app, page, keys)) if keys else ""


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", _add)
