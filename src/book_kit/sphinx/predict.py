"""A prediction: a question with choices, and the measured answer after the reader's own.

    :::{predict} What does an empty list take?
    - ( ) As much as its items

      An empty list has none.
    - (x) {measured}`show-sizeof.[]`

      A header, and no room for any item.
    :::

Two to four choices, each with the reason why it is wrong or right; `(x)` marks the right one.
Without scripts the choices are a list, and the answer is closed beneath it.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book_kit.sphinx.page_scripts import keep_to
from book_kit.sphinx.places import html

_MARKS = {"( )": False, "(x)": True}
_FEWEST, _MOST = 2, 4
_LONGEST_ID = 48
#: How the HTML of a prediction begins.
BEGINS = '<fieldset class="predict"'
#: The class of its box in a page, and the attribute that has the id of its HTML.
BOX = "predict-box"


class Choice:
    """One choice of a prediction.

    Attributes
    ----------
    is_right
        Whether it is the one that the measurement gave.
    text
        What it says: inline nodes.
    reason
        Why it is wrong or right: the blocks that follow.
    """

    def __init__(self, item: nodes.Node) -> None:
        first = item.children[0] if item.children else None
        mark = first.astext()[:3] if isinstance(first, nodes.paragraph) else ""
        if mark not in _MARKS:
            raise ValueError("each choice begins with ( ) or (x)")
        assert isinstance(first, nodes.paragraph)
        self.is_right = _MARKS[mark]
        self.text = _without_mark(first)
        self.reason = item.children[1:]
        if not self.reason:
            raise ValueError(
                f"the choice {first.astext()[4:]!r} has no reason, in a paragraph of its own"
            )


def _without_mark(paragraph: nodes.paragraph) -> list[nodes.Node]:
    first, *rest = paragraph.children
    return [nodes.Text(first.astext()[3:].lstrip()), *rest]


def choices(content: Sequence[nodes.Node]) -> list[Choice]:
    """Read the choices of a prediction.

    Raises
    ------
    ValueError
        If they are not two to four items of one list, one of them right, each with a reason.
    """
    blocks = [node for node in content if not isinstance(node, nodes.comment)]
    if len(blocks) != 1 or not isinstance(blocks[0], nodes.bullet_list):
        raise ValueError("a prediction is one list of choices, and nothing else")
    found = [Choice(item) for item in blocks[0].children]
    if not _FEWEST <= len(found) <= _MOST:
        raise ValueError(
            f"a prediction has {_FEWEST} to {_MOST} choices, and this has {len(found)}"
        )
    right = sum(choice.is_right for choice in found)
    if right != 1:
        raise ValueError(f"one choice is right, (x), and here {right} are")
    return found


class PredictDirective(SphinxDirective):
    """Ask for a prediction."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the question, the choices and the answer."""
        inside = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, inside)
        try:
            found = choices(inside.children)
        except ValueError as error:
            raise self.error(str(error)) from None
        question, messages = self.state.inline_text(self.arguments[0], self.lineno)
        self.env.metadata[self.env.docname]["predicts"] = True
        return [_box(question, found), *messages]


def _box(question: Sequence[nodes.Node], found: Sequence[Choice]) -> nodes.container:
    words = "".join(node.astext() for node in question)
    name = "predict-" + nodes.make_id(words)[:_LONGEST_ID].strip("-")
    box = nodes.container("", classes=[BOX])
    box[BOX] = name
    box += html(f'{BEGINS} id="{name}"><legend><span class="predict-label">Predict</span> ')
    box += nodes.inline("", "", *question)
    box += html("</legend>")
    for number, choice in enumerate(found):
        label = f"{name}-{number}"
        box += html(
            f'<div class="predict-choice"><input type="radio" name="{name}" value="{number}" '
            f'id="{label}" aria-labelledby="{label}-text"><span id="{label}-text">'
        )
        box += nodes.inline("", "", *choice.text)
        box += html("</span></div>")
    box += html(
        '<p class="predict-verdict" role="status"></p>'
        '<details class="predict-answer"><summary>The measured answer</summary>'
    )
    for number, choice in sorted(enumerate(found), key=lambda pair: not pair[1].is_right):
        kind = "right" if choice.is_right else "wrong"
        box += html(
            f'<div class="predict-reason {kind}" data-choice="{number}"><p class="predict-chosen">'
        )
        box += nodes.inline("", "", *(node.deepcopy() for node in choice.text))
        box += html("</p>")
        box += choice.reason
        box += html("</div>")
    box += html("</details></fieldset>")
    return box


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("predict", PredictDirective)
    keep_to(app, "predict.js", lambda app, page: "predicts" in app.env.metadata.get(page, {}))
