"""However a page is written, it runs again when its script has changed."""

from __future__ import annotations

import json
from pathlib import Path

from small_book import SmallBook

KERNEL = "kernelspec: {name: python3}"
HEAD = """---
file_format: mystnb
kernelspec: {name: python3}
---
"""
LOG = """
# A page

```{code-cell}
import os
with open(os.environ["SMALL_BOOK_LOG"], "a") as log:
    log.write("page PAGE\\n")
from book_kit.chapter import run
```
"""
#: Text that runs a script, by what is odd about it; the script goes by the same name.
FORMS = {
    "options-in-a-block": """
```{code-cell}
---
tags: [hide-input]
---
pears = run("NAME", repeats=1)
```
""",
    "tildes": """
~~~{code-cell}
pears = run("NAME", repeats=1)
~~~
""",
    "set-in": """
  ```{code-cell}
  pears = run("NAME", repeats=1)
  ```
""",
    "magic": """
```{code-cell}
%time pears = run("NAME", repeats=1)
```
""",
    "another-name": """
```{code-cell}
from book_kit.chapter import run as go
pears = go("NAME", repeats=1)
```
""",
    "partial": """
```{code-cell}
from functools import partial
go = partial(run, repeats=1)
pears = go("NA" + "ME")
```
""",
    "a-variable": """
```{code-cell}
name = "NAME"
ways = [run]
pears = ways[0](name, repeats=1)
```
""",
    "another-run": """
```{code-cell}
import asyncio, subprocess
async def nothing(): pass
await nothing()
subprocess.run(["true"])
pears = run("NAME", repeats=1)
```
""",
}
HEADS = {
    "head-over-several-lines": """---
file_format: mystnb
kernelspec:
  name: "python3"
  display_name: 'Python 3 (ipykernel)'
---
""",
    "head-of-jupytext": """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---
""",
    "no-kernelspec": """---
file_format: mystnb
---
""",
}
PLAIN = """
```{code-cell}
pears = run("NAME", repeats=1)
```
"""


def pages() -> dict[str, str]:
    """Return the text of each page, by its name: all forms of cells on one, and one for a head."""
    cells = {**FORMS, "indented": "\n- An item\n" + _indented(PLAIN)}
    texts = {name: head + LOG + form_of(PLAIN, name) for name, head in HEADS.items()}
    texts["cells"] = HEAD + LOG + "".join(form_of(text, name) for name, text in cells.items())
    return {page: text.replace("PAGE", page) for page, text in texts.items()}


def form_of(text: str, name: str) -> str:
    """Write a form of a cell for the script of that name."""
    half = len(script(name)) // 2
    parts = f'"{script(name)[:half]}" + "{script(name)[half:]}"'
    return text.replace('"NA" + "ME"', parts).replace("NAME", script(name))


def script(form: str) -> str:
    """Return the name of the script that a form of a page runs."""
    return f"in-the-form-{form}"


def _indented(text: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(True))


def asked_for(book: SmallBook) -> set[str]:
    """Return the scripts that the pages of a book depend on, as their executions have it."""
    executions = [
        execution
        for path in (book.folder / "_build" / "results" / "pages").glob("*.json")
        for execution in json.loads(path.read_text())["content"]["executions"]
    ]
    return {Path(request["script"]).stem for one in executions for request, _answer in one["asked"]}


def test_every_form_of_a_page_runs_again_when_its_script_has_changed(
    small_book: SmallBook,
) -> None:
    scripts = small_book.folder / "scripts" / "fruit"
    written = pages()
    for form in {*FORMS, *HEADS, "indented"}:
        text = (scripts / "pears.py").read_text().replace("script pears", f"script {script(form)}")
        (scripts / f"{script(form)}.py").write_text(text)
    for page, text in written.items():
        (small_book.folder / "book" / f"{page}.md").write_text(text)
        small_book.append("_toc.yml", f"  - file: {page}\n")
    first = small_book.build()
    assert first.code == 0, first.said
    assert first.pages == sorted(written)
    # MyST-NB takes a cell only where it stands at the margin: an indented one is no cell.
    assert first.scripts == sorted(map(script, FORMS | HEADS))
    assert asked_for(small_book) == {"apples", "pears", *first.scripts}

    changed = sorted(map(script, ["another-run", "head-of-jupytext", "head-over-several-lines"]))
    for name in changed:
        small_book.edit(f"scripts/fruit/{name}.py", "PEARS = 23", "PEARS = 24")
    again = small_book.build()
    assert again.pages == sorted(written.keys() - {"no-kernelspec"})
    assert again.scripts == changed


def test_a_page_that_asks_to_be_run_inline_is_refused(small_book: SmallBook) -> None:
    small_book.edit("book/arithmetic.md", KERNEL, f"{KERNEL}\nmystnb: {{execution_mode: inline}}")
    build = small_book.build()
    assert build.code == 1
    assert "inline execution is not supported" in build.said
    assert build.started == []
