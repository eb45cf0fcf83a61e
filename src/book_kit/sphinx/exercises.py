"""Exercises: on its page a box with the task, and beside the pages what is asked for later.

    :::{exercise} sum-a-column
    :::

shows the exercise in the folder `book/exercises/sum-a-column`.  Its hints, its solution and what
grades an answer are in `exercises/sum-a-column.json`, which `exercise.js` fetches when the reader
begins.  `exercises.json` lists what there is to do on each page: exercises and predictions.
`{your-progress}` is the table of it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from book_kit.exercises import grader, source
from book_kit.exercises.source import BadExercise, Exercise
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import frame
from book_kit.sphinx import live, predict
from book_kit.sphinx.kept import Deed, pages_in_order, store
from book_kit.sphinx.page_scripts import keep_to
from book_kit.sphinx.places import (
    add_place,
    html,
    remove_others,
    up_from,
    write_beside_pages,
    write_text_beside_pages,
)

_FOLDER = "exercises"
_GRADER = f"{_FOLDER}/grader.py"
_LABELS = {"build": "Build", "change": "Change", "capstone": "Capstone"}
#: Files of an exercise that stand beside the pages, for those who have no scripts.
_FILES = ("start.py", "tests.py")
_LEFT_OUT = "This build has no live part, so answers are graded on your own machine alone."


class ExerciseDirective(SphinxDirective):
    """Show an exercise."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the box: the task, the budget, the command, and a button."""
        folder = Path(self.env.srcdir)
        try:
            exercise = source.read(folder, self.arguments[0])
        except BadExercise as error:
            raise self.error(str(error)) from None
        for path in exercise.files():
            self.env.note_dependency(str(path))
        number = self.env.temp_data["exercise"] = self.env.temp_data.get("exercise", 0) + 1
        task = nodes.Element()
        lines = exercise.task.splitlines()
        place = str(exercise.folder / "task.md")
        self.state.nested_parse(StringList(lines, place), 0, task)
        name = anchor(exercise.name)
        box = nodes.container("", classes=["exercise-box"])
        box["exercise"] = Deed(name, exercise.title, exercise.kind, exercise.name)
        box += html(_head(exercise, number))
        box += task.children
        box += html(_foot(self.env, exercise))
        return [box]


def anchor(name: str) -> str:
    """Return the id of an exercise on its page."""
    return f"exercise-{name}"


def _head(exercise: Exercise, number: int) -> str:
    name = anchor(exercise.name)
    return (
        f'<div class="exercise" id="{name}" data-name="{exercise.name}" role="group"'
        f' aria-labelledby="{name}-title"><p class="exercise-label">'
        f"{_LABELS[exercise.kind]} <span>Exercise {number}</span></p>"
        f'<p class="exercise-title" id="{name}-title" role="heading" aria-level="3">'
        f"{inline(exercise.title)}</p>"
    )


def _foot(env: BuildEnvironment, exercise: Exercise) -> str:
    up = up_from(env.docname)
    start, tests = (f'<a href="{up}{_FOLDER}/{exercise.name}/{file}">{file}</a>' for file in _FILES)
    budget = ""
    if exercise.budget_mib is not None:
        budget = (
            f'<p class="exercise-budget"><b>Budget</b> {exercise.budget_mib:g} MiB at the peak</p>'
        )
    begin = (
        '<p class="exercise-begin"><button type="button" disabled>Begin</button>'
        ' <span role="status"></span></p>'
        if env.app.config[live.SETTING]
        else f'<p class="exercise-left-out">{_LEFT_OUT}</p>'
    )
    return (
        f'{budget}{begin}<p class="exercise-files">On your own machine: save {start} as'
        f" <code>answer.py</code>, and run <code>make exercise NAME={exercise.name}"
        f" FILE=answer.py</code>. What it runs is in {tests}.</p></div>"
    )


def _note(app: Sphinx, doctree: nodes.document) -> None:
    """Remember what there is to do on a page, in the order of the page."""
    found = []
    for box in doctree.findall(nodes.container):
        if "exercise" in box:
            found.append(box["exercise"])
        elif predict.BOX in box:
            question = box.next_node(nodes.inline)
            words = question.astext() if question is not None else ""
            found.append(Deed(box[predict.BOX], words, "predict"))
    store(app.env).to_do[app.env.docname] = found


def to_do(env: BuildEnvironment) -> dict[str, list[Deed]]:
    """Return what there is to do on each page, in the order of the book."""
    known = store(env).to_do
    return {page: known[page] for page in pages_in_order(env) if known.get(page)}


def write(app: Sphinx) -> None:
    """Write the files beside the pages."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    listed, shown = [], set()
    for page, deeds in to_do(app.env).items():
        uri = app.builder.get_target_uri(page)
        own = [{"id": it.id, "title": it.title, "kind": it.kind} for it in deeds]
        title = app.env.titles[page].astext()
        listed.append({"page": page, "uri": uri, "title": title, "items": own})
        for deed in deeds:
            if deed.name:
                shown.add(deed.name)
                _write_exercise(app.builder, source.read(Path(app.srcdir), deed.name))
    write_beside_pages(app, "exercises.json", listed)
    text = Path(grader.__file__).read_text(encoding="utf-8")
    write_text_beside_pages(app, _GRADER, text)
    for left in remove_others(app, _FOLDER, {_GRADER, *map(_file_of, shown)}):
        shutil.rmtree(left.with_suffix(""), ignore_errors=True)


def _file_of(name: str) -> str:
    """Return the path in the site of what is fetched when an exercise begins."""
    return f"{_FOLDER}/{name}.json"


def _write_exercise(builder: StandaloneHTMLBuilder, exercise: Exercise) -> None:
    content = {
        "title": exercise.title,
        "budget_mib": exercise.budget_mib,
        "start": exercise.start,
        "tests": exercise.tests,
        "hints": [_html_of(builder, hint) for hint in exercise.hints],
        "solution": exercise.solution,
        "solution_html": _highlighted(builder, exercise.solution, "python"),
    }
    app = builder.app
    write_beside_pages(app, _file_of(exercise.name), content)
    for file, code in zip(_FILES, (exercise.start, exercise.tests), strict=True):
        write_text_beside_pages(app, f"{_FOLDER}/{exercise.name}/{file}", code)


def _html_of(builder: StandaloneHTMLBuilder, markdown: str) -> str:
    """Return the HTML of plain Markdown, with its code in the colors of the pages."""

    def colored(code: str, language: str, _attributes: object) -> str:
        return _highlighted(builder, code, language or "python")

    rendered = MarkdownIt("commonmark", {"highlight": colored}).render(markdown)
    # What was highlighted is a whole block; this is what stands around a block that was not.
    return str(rendered).replace("</pre></div>\n</code></pre>", "</pre></div>")


def _highlighted(builder: StandaloneHTMLBuilder, code: str, language: str) -> str:
    return str(builder.highlighter.highlight_block(code, language))


def _table(app: Sphinx, here: str) -> str:
    """Return the table of what there is to do, page by page; `progress-table.js` fills it."""
    rows = ""
    for page, deeds in to_do(app.env).items():
        uri = app.builder.get_relative_uri(here, page)
        predictions = [it for it in deeds if it.kind == "predict"]
        exercises = [it for it in deeds if it.kind != "predict"]
        rows += (
            f'<tr data-page="{attribute(page)}"><th scope="row"><a href="{uri}">'
            f"{inline(app.env.titles[page].astext())}</a></th>"
            f'<td class="count">of {len(deeds)}</td>'
            f"<td>{_links(predictions, uri, numbered=True)}</td>"
            f"<td>{_links(exercises, uri, numbered=False)}</td></tr>"
        )
    head = ["page", "done", "predictions", "exercises"]
    return (
        frame("", head, rows, label="What there is to do, page by page", kind="progress-table")
        + _TOOLS
    )


_TOOLS = (
    '<div class="progress-tools" hidden><p><button type="button" data-does="export">'
    'Save to a file</button> <button type="button" data-does="import">Add from a file</button>'
    ' <button type="button" data-does="reset">Forget all of it</button>'
    '<input type="file" accept="application/json,.json" aria-label="A file of progress" hidden></p>'
    '<p class="progress-sure" hidden><span></span> <button type="button" data-does="forget">'
    'Yes, forget it</button> <button type="button" data-does="keep">No, keep it</button></p>'
    '<p role="status"></p></div>'
)


def _links(deeds: list[Deed], uri: str, *, numbered: bool) -> str:
    links = []
    for number, it in enumerate(deeds, 1):
        title = attribute(it.title)
        said = f' title="{title}" aria-label="{number}: {title}"' if numbered else ""
        words = str(number) if numbered else inline(it.title)
        links.append(f'<a href="{uri}#{it.id}" data-id="{it.id}"{said}>{words}</a>')
    return (" " if numbered else "<br>").join(links)


def _has_exercises(app: Sphinx, page: str) -> bool:
    return app.config[live.SETTING] and any(it.name for it in store(app.env).to_do.get(page, []))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("exercise", ExerciseDirective)
    app.connect("doctree-read", _note)
    keep_to(app, "exercise.js", _has_exercises)
    add_place(app, "your-progress", _table, scripts=["progress-table.js"])
