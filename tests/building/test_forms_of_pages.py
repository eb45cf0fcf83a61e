"""However a page is written, it runs again when its script has changed."""

from __future__ import annotations

import pytest
from small_book import SmallBook

HEAD = """---
file_format: mystnb
kernelspec: {name: python3}
---
"""
LOG = """
```{code-cell}
import os
with open(os.environ["SMALL_BOOK_LOG"], "a") as log:
    log.write("page NAME\\n")
from book_kit.chapter import run
```
"""
#: Text of a page that runs a script, by what is odd about it.
FORMS = {
    "options-in-a-block": """
```{code-cell}
---
tags: [hide-input]
---
pears = run("pears", repeats=1, key="KEY")
```
""",
    "tildes": """
~~~{code-cell}
pears = run("pears", repeats=1, key="KEY")
~~~
""",
    "set-in": """
  ```{code-cell}
  pears = run("pears", repeats=1, key="KEY")
  ```
""",
    "magic": """
```{code-cell}
%time pears = run("pears", repeats=1, key="KEY")
```
""",
    "another-name": """
```{code-cell}
from book_kit.chapter import run as go
pears = go("pears", repeats=1, key="KEY")
```
""",
    "partial": """
```{code-cell}
from functools import partial
go = partial(run, repeats=1)
pears = go("pe" + "ars", key="KEY")
```
""",
    "a-variable": """
```{code-cell}
name = "pears"
ways = [run]
pears = ways[0](name, repeats=1, key="KEY")
```
""",
    "another-run": """
```{code-cell}
import asyncio, subprocess
async def nothing(): pass
await nothing()
subprocess.run(["true"])
pears = run("pears", repeats=1, key="KEY")
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
pears = run("pears", repeats=1, key="KEY")
```
"""


def pages() -> dict[str, str]:
    """Return the text of each page, by its name."""
    texts = {name: HEAD + "# A page\n" + LOG + form for name, form in FORMS.items()}
    texts |= {name: head + "# A page\n" + LOG + PLAIN for name, head in HEADS.items()}
    texts["indented"] = HEAD + "# A page\n" + LOG + "\n- An item\n" + _indented(PLAIN)
    return {name: text.replace("NAME", name).replace("KEY", name) for name, text in texts.items()}


def _indented(text: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(True))


def test_every_form_of_a_page_runs_again_when_its_script_has_changed(
    small_book: SmallBook,
) -> None:
    written = pages()
    for name, text in written.items():
        (small_book.folder / "book" / f"{name}.md").write_text(text)
        small_book.append("_toc.yml", f"  - file: {name}\n")
    first = small_book.build()
    assert first.code == 0, first.said
    # MyST-NB takes a cell only where it stands at the margin: an indented one is no cell.
    expected = sorted(set(written) - {"indented"})
    assert [page for page in first.pages if page in expected] == expected
    assert first.scripts == []  # other pages have asked for it
    assert small_book.build().started == []
    small_book.edit("scripts/fruit/pears.py", "PEARS = 23", "PEARS = 24")
    again = small_book.build()
    assert [page for page in again.pages if page in expected] == expected
    assert again.scripts == ["pears"]


@pytest.mark.parametrize("mode", ["inline", "force"])
def test_no_mode_of_a_page_goes_around_the_results(small_book: SmallBook, mode: str) -> None:
    small_book.edit(
        "book/arithmetic.md",
        "kernelspec: {name: python3}",
        f"kernelspec: {{name: python3}}\nmystnb: {{execution_mode: {mode}}}",
    )
    build = small_book.build()
    if mode == "inline":
        assert build.code == 1
        assert "inline execution is not supported" in build.said
    else:
        assert build.code == 0, build.said
        assert build.started == []
