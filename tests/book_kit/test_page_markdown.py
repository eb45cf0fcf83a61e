"""A page as Markdown: its text with what was resolved, its folds, its tables, and its cells."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from book_kit.sphinx.page_markdown import pieces
from book_kit.sphinx.predict import BEGINS


def nowhere(_link: str) -> str:
    return ""


def written(body: str) -> str:
    """Return the Markdown of a page without cells and headings."""
    (one,) = pieces(body, nowhere, {})
    assert isinstance(one, str)
    return one


def test_a_figure_and_a_term_are_text_and_a_link_to_a_page_its_title() -> None:
    body = (
        '<p>A <a href="../reference/glossary.html#term-block"><span class="xref">block</span></a> '
        'of <button class="measured" title="one run">32 bytes</button>: '
        '<a href="three-numbers.html"><span class="doc">The three numbers</span></a></p>'
    )
    assert written(body) == "A block of 32 bytes: *The three numbers*"


def test_where_the_site_has_an_address_a_link_leads_to_it() -> None:
    body = '<p><a href="../memory/pickle.html#a"><span class="doc">Pickle</span></a></p>'
    base = "https://book.example/objects/one.html"
    assert pieces(body, lambda link: urljoin(base, link), {}) == [
        "[*Pickle*](https://book.example/memory/pickle.html#a)"
    ]


def test_cells_and_headings_cut_a_page() -> None:
    body = (
        "<section><h1>One</h1><p>a</p>"
        '<div class="cell plain-cell" id="cell-3"><pre>x = 1</pre></div>'
        "<p>b</p><section><h2>Two</h2><p>c</p></section></section>"
    )
    assert pieces(body, nowhere, {}) == ["# One", "a", 3, "b", "## Two\n\nc"]


def test_a_cell_in_a_fold_is_a_cell_all_the_same() -> None:
    body = (
        '<details class="more"><summary>More</summary><p>a</p>'
        '<div class="cell plain-cell" id="cell-7"><pre>x</pre></div></details>'
    )
    assert pieces(body, nowhere, {}) == ["**More**\n\na", 7]


def test_a_prediction_is_a_question_with_choices_and_a_folded_answer() -> None:
    body = (
        f'<div class="predict-box">{BEGINS} id="p"><legend><span class="predict-label">Predict'
        "</span> <span>What?</span></legend>"
        '<div class="predict-choice"><input type="radio"/><span>This</span></div>'
        '<div class="predict-choice"><input type="radio"/><span>That</span></div>'
        '<p class="predict-verdict"></p><details class="predict-answer"><summary>The answer'
        '</summary><div class="predict-reason right"><p class="predict-chosen"><span>That</span>'
        "</p><p>Because.</p></div></details></fieldset></div>"
        '<div class="cell"><figure class="measured-figure"><svg class="wide" '
        'aria-label="x"></svg></figure></div>'
    )
    text = written(body)
    assert text.startswith("**Predict:** What?\n\n- This\n- That\n\n<details>\n<summary>The answer")
    answer = "\n\n**Right:** That\n\nBecause.\n\n</details>"
    assert answer in text
    assert "<summary>The picture</summary>" in text.partition(answer)[2]  # it would tell too


def test_an_exercise_is_its_title_its_task_and_its_command() -> None:
    body = (
        '<div class="exercise" role="group"><p class="exercise-label">Build <span>Exercise 1</span>'
        '</p><p class="exercise-title" role="heading">Sum a column</p><p>Write it.</p>'
        '<p class="exercise-begin"><button>Begin</button> <span role="status"></span></p>'
        '<p class="exercise-files">Run <code>make exercise</code></p></div>'
    )
    assert written(body) == "**Build: Sum a column**\n\nWrite it.\n\nRun `make exercise`"


def test_a_fold_keeps_its_summary_and_its_content_is_markdown() -> None:
    body = (
        "<details><summary>How: <code class='x'>a.py</code></summary><p>A <b>b</b>.</p></details>"
    )
    assert written(body) == (
        "<details>\n<summary>How: <code>a.py</code></summary>\n\nA **b**.\n\n</details>"
    )


def test_a_table_keeps_its_rows_and_nothing_of_the_page() -> None:
    body = (
        '<div class="measured-table" tabindex="0"><table class="table"><tbody><tr>'
        '<th scope="row"><code class="unbroken"><i>23</i>  x = 1</code></th>'
        '<td class="number"><button class="measured">1.5</button></td></tr></tbody></table></div>'
    )
    space = "\N{NO-BREAK SPACE}" * 2
    assert written(body) == (
        f'<table><tbody>\n<tr><th align="left"><code>23{space * 2}x = 1</code></th>'
        '<td align="right">1.5</td></tr></tbody>\n</table>'
    )


def test_what_is_cited_is_listed_at_the_end() -> None:
    body = (
        '<p>So it is <span class="bibtex-citation">[<a href="b.html#id3" title="A. Author. Title.">'
        "12</a>]</span>.</p>"
    )
    assert pieces(body, nowhere, {}) == [
        "So it is [12].",
        "## Sources\n\n[12] A. Author. Title.",
    ]


def test_a_claim_is_an_item_with_what_was_measured() -> None:
    claim = (
        '<div class="claim holds"><p class="claim-statement"><a class="claim-id" href="#c">T3</a> '
        'So.</p><p class="claim-evidence"><span class="claim-verdict">holds</span> measured 3'
        '<span class="claim-links"><a href="x">runs</a></span></p></div>'
    )
    assert written(claim + claim) == "\n".join(["- **T3** So. *holds: measured 3*"] * 2)


def test_code_is_fenced_in_its_language() -> None:
    body = '<div class="highlight-python"><pre><span>x</span> = <b>1</b>\n</pre></div>'
    assert written(body) == "```python\nx = 1\n```"


@pytest.mark.parametrize(
    ("text", "expected"), [("a &lt;b&gt;", "a &lt;b>"), ("$1 and $2", r"\$1 and \$2")]
)
def test_nothing_is_taken_for_an_element_or_a_formula(text: str, expected: str) -> None:
    assert written(f"<p>{text}</p>") == expected


def test_a_program_to_step_through_is_its_text_and_how_it_ends() -> None:
    body = (
        '<figure class="steps" data-source="a.json"><div class="steps-code highlight-python">'
        '<div class="highlight"><pre><span data-line="1">a = 1\n</span></pre></div></div>'
        '<noscript><img src="a.svg" alt="At the end: the name a is 1." loading="lazy"></noscript>'
        "<figcaption>One name.</figcaption></figure>"
    )
    assert written(body) == "```python\na = 1\n```\n\nAt the end: the name a is 1.\n\n*One name.*"
