"""Scripts of a chapter that measure something else: exactly the claims about it are false.

Wrong figures for every claim are in `wrong_worlds.yml`.  Here they come about in earnest: a line
of a script is another one, and the chapter is built with it.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

from processes import ROOT, Finished, run

CHAPTER = "objects/names-sharing-and-copies"
CONTENTS = f"""\
format: jb-book
root: {CHAPTER}
chapters:
  - file: reference/claims
"""


class Break(NamedTuple):
    """A line of a script, what stands there instead, and the claim that is false by it."""

    script: str
    line: str
    broken: str
    claim: str


BREAKS = (
    Break("two-names", "        b = a\n", "        b = list(a)\n", "names.assignment"),
    Break(
        "shared-unasked",
        'sys.intern("".join(["na", "me"]))',
        '"".join(["na", "me"])',
        "names.interned",
    ),
    Break(
        "shallow-or-deep",
        "shallow = list(table)",
        "shallow = copy.deepcopy(table)",
        "names.shallow",
    ),
    Break(
        "ways-to-copy",
        "lambda x: [row.copy() for row in x]",
        "lambda x: [row for row in x]",
        "names.rows-apart",
    ),
    Break(
        "shared-rows",
        "return [[0] * columns] * rows",
        "return [[0] * rows for _ in range(columns)]",
        "names.rows",
    ),
)


def build(folder: Path, *breaks: Break) -> tuple[Finished, dict[str, bool | None]]:
    """Build the chapter with some scripts broken; return what happened, and which claims hold."""
    for name in ("book", "scripts", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_config.yml", "requirements.txt"):
        shutil.copy2(ROOT / name, folder / name)
    (folder / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    for script, line, broken, _claim in breaks:
        path = folder / "scripts" / "objects" / f"{script}.py"
        source = path.read_text(encoding="utf-8")
        assert source.count(line) == 1, f"{script} has {line!r} {source.count(line)} times"
        path.write_text(source.replace(line, broken), encoding="utf-8")
    finished = run(
        *("-m", "book_kit.build"),
        cwd=folder,
        environment={"PYTHONPATH": str(folder / "src")},
        timeout=300,
    )
    ledger = json.loads((folder / "_build" / "html" / "claims.json").read_text(encoding="utf-8"))
    return finished, {entry["id"]: entry["holds"] for entry in ledger}


def test_a_script_that_measures_something_else_makes_its_claim_false_and_no_other(
    tmp_path: Path,
) -> None:
    finished, holds = build(tmp_path / "book", *BREAKS)
    assert finished.returncode == 0, finished.stderr
    assert len(holds) >= 15
    assert [name for name, held in holds.items() if held is False] == [one.claim for one in BREAKS]
    for one in BREAKS:
        assert one.claim in finished.stderr
