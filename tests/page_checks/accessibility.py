"""The rules of axe; there are no exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from built_site import NODE_MODULES, need_file
from visits import Visit

from page_checks.contrast import mark_looks

Rules = dict[str, Any]

ALL_RULES: Rules = {"resultTypes": ["violations"], "preload": False}
#: Those that a theme can break.
RULES_OF_COLOR: Rules = {**ALL_RULES, "runOnly": ["color-contrast", "link-in-text-block"]}

# The contrast of each look is asked once.  Thousands of words of code have a dozen looks, and no
# meaning of their own to a screen reader: while axe looks, the others are plain text.
_ASK = """async options => {
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-look]'}]});
  const swapped = [...document.querySelectorAll('pre')].map(pre => {
    const thin = pre.cloneNode(true);
    [...thin.querySelectorAll('span:not([data-look]):not([id])')]
      .filter(it => it.childElementCount === 0)
      .forEach(it => it.replaceWith(...it.childNodes));
    pre.replaceWith(thin);
    return [thin, pre];
  });
  try {
    return await axe.run(document, options);
  } finally {
    swapped.forEach(([thin, pre]) => thin.replaceWith(pre));
  }
}"""


@cache
def axe() -> str:
    """Return axe itself, a script for the page."""
    return need_file(NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(visit: Visit, rules: Rules = ALL_RULES) -> Iterator[str]:
    """Yield every violation of a rule of axe, and where it stands."""
    if not visit.page.evaluate("'axe' in window"):
        visit.page.evaluate(axe())
    mark_looks(visit)
    found: dict[str, Any] = visit.page.evaluate(_ASK, rules)
    for rule in found["violations"]:
        for node in rule["nodes"]:
            summary = " ".join(node["failureSummary"].split())
            yield f"{rule['id']}: {node['target']}: {summary}"
