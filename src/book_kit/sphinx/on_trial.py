"""The classic tutorial on trial: each of its sentences to be judged, before the verdict shows.

:::{on-trial} T13
| | 2013 | now |
:::

is one sentence: its words, the verdict behind a line that opens, there what the directive holds,
and the claim that tests it.  {judged}`true` counts the sentences with a verdict of that kind,
{claimed}`T12.largest` quotes the figure of a claim.  `trial.js` does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from book_kit import project
from book_kit.evidence import original
from book_kit.evidence.claims import STATES, VERDICTS, Claim
from book_kit.evidence.original import Statement
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import cell_html
from book_kit.show.verdicts import squares
from book_kit.sphinx.classic import quotation, verdict
from book_kit.sphinx.kept import claims, store
from book_kit.sphinx.places import add_place, html

logger = logging.getLogger(__name__)

SCRIPT = "trial.js"
#: What a reader may say of a sentence, by the kind of the verdict that it would be.
_SAID = {"true": "True", "partly": "True in part", "changed": "Changed since", "false": "False"}
#: What to call the documents that are quoted, by their short names.
_DOCUMENTS = {"notebook": "the notebook", "theano": "Theano\N{RIGHT SINGLE QUOTATION MARK}s page"}
#: `trial.js` shows these, and does what they say.
_TOOLS = (
    '<p class="trial-tools" hidden><label><input type="checkbox" role="switch">'
    " Show all verdicts</label><span></span></p>"
)
_SCORE = (
    '<div class="trial-score" hidden><p></p><p></p><button type="button">Start again</button></div>'
)


class Tested(nodes.General, nodes.Element):
    """A place for the claims that test the sentence in its attribute `statement`."""


class Quoted(nodes.Inline, nodes.TextElement):
    """A place for the figure of the claim in its attribute `claim`."""


class OnTrial(SphinxDirective):
    """One sentence, to be judged."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the sentence, what a reader may say of it, and the verdict."""
        _read_from_file(self.env)
        store(self.env).show_others.add(self.env.docname)
        statement = original.statements().get(self.arguments[0])
        if statement is None:
            raise self.error(f"{original.FILE} has no statement {self.arguments[0]!r}")
        content = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, content)
        tested = Tested("", statement=statement.id)
        self.set_source_info(tested)
        return [
            html(_to_be_judged(statement)),
            *content.children,
            tested,
            html("</div></details></div>"),
        ]


def _to_be_judged(statement: Statement) -> str:
    name = attribute(statement.id)
    said = "".join(
        f'<button type="button" value="{kind}" aria-pressed="false">{words}</button>'
        for kind, words in _SAID.items()
    )
    return (
        f'<div class="on-trial" id="{name}" data-kind="{statement.kind}">'
        f'<p class="classic-label"><span class="claim-id">{name}</span>'
        f' <span title="{attribute(statement.where)}">{_DOCUMENTS[statement.source]}</span></p>'
        f"{quotation(statement)}"
        f'<div class="on-trial-said" role="group" aria-label="Your verdict on {name}" hidden>'
        f'{said}</div><p class="on-trial-result" role="status"></p>'
        f"<details><summary>The verdict on {name}</summary>"
        f'<div class="classic {statement.kind}">{verdict(statement)}'
    )


class JudgedRole(SphinxRole):
    """{judged}`true`: how many sentences have a verdict of this kind; or `all`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number."""
        _read_from_file(self.env)
        found = original.counts().get(self.text)
        if found is None:
            message = self.inliner.reporter.error(
                f"no kind of verdict is {self.text!r}", line=self.lineno
            )
            return [], [message]
        return [nodes.Text(str(found))], []


class ClaimedRole(SphinxRole):
    """{claimed}`T12.largest`: the figure of a claim, wherever it was measured."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave a node for the figure."""
        store(self.env).show_others.add(self.env.docname)
        node = Quoted(self.rawtext, "", claim=self.text)
        self.set_source_info(node)
        return [node], []


class PutClaims(SphinxPostTransform):
    """Put the claims, and their figures, in their places."""

    default_priority = 6

    def run(self, **_options: object) -> None:
        """Replace every `Tested` and every `Quoted` of the page."""
        places = [*self.document.findall(Tested), *self.document.findall(Quoted)]
        known = {claim.id: (page, claim) for page, claim in claims(self.env)} if places else {}
        for place in places:
            name = place.get("claim") or place["statement"]
            if name not in known:
                logger.warning("no page claims %r", name, location=place)
                place.replace_self(html(""))
            elif isinstance(place, Quoted):
                place.replace_self(html(_figure(known[name][1])))
            else:
                place.replace_self(html("".join(self._tested(name, known))))

    def _tested(self, name: str, known: dict[str, tuple[str, Claim]]) -> Iterator[str]:
        """Write the claim with the name of the sentence, and lead to the others about it."""
        page, claim = known[name]
        state = STATES[claim.holds]
        yield (
            f'<p class="on-trial-tested">Tested in <a href="{self._address(page, claim)}">'
            f"{inline(self.env.titles[page].astext())}</a>: {inline(claim.statement)}"
            f" Measured {_figure(claim)} "
            f'<span class="claim-verdict {state}">'
            f"{VERDICTS[claim.holds]}</span>"
        )
        others = [
            f'<a href="{self._address(page, claim)}">{attribute(claim.id)}</a>'
            for page, claim in known.values()
            if claim.id.startswith(f"{name}.")
        ]
        yield f" <span>See also {', '.join(others)}.</span></p>" if others else "</p>"

    def _address(self, page: str, claim: Claim) -> str:
        uri = self.app.builder.get_relative_uri(self.env.docname, page)
        return f"{uri}#claim-{attribute(claim.id)}"


def _figure(claim: Claim) -> str:
    if claim.measured is None:
        return f'<span title="{attribute(claim.why_not)}">not here</span>'
    return cell_html(replace(claim.measured, runs=claim.runs))


def _picture(_app: Sphinx, _page: str) -> str:
    counts = original.counts()
    return squares(
        {words: counts[kind] for kind, words in original.KINDS.items()},
        alt=f"The verdicts on {counts['all']} sentences of the tutorial, a square for each:",
        caption=f"The verdicts on the {counts['all']} sentences, a square for each",
    ).html


def _read_from_file(env: BuildEnvironment) -> None:
    env.note_dependency(str(project.recorded(original.FILE)))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(Tested)
    app.add_node(Quoted)
    app.add_directive("on-trial", OnTrial)
    app.add_role("judged", JudgedRole())
    app.add_role("claimed", ClaimedRole())
    app.add_post_transform(PutClaims)
    reads = [project.recorded(original.FILE)]
    add_place(app, "verdicts", _picture, reads=reads)
    add_place(app, "trial-tools", lambda _app, _page: _TOOLS, scripts=[SCRIPT])
    add_place(app, "trial-score", lambda _app, _page: _SCORE, scripts=[SCRIPT])
