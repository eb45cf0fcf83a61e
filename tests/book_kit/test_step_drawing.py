"""The steps of a program: each object keeps its place, and the words say what has changed."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from xml.etree import ElementTree

import pytest
from processes import ROOT

from book_kit.running import stepping
from book_kit.running.stepping import Recording, Step
from book_kit.show import step_pictures
from book_kit.show.step_drawing import WIDTH, Drawn, draw
from measured.stepping.states import Names, Object, Reference, State

NAMES = sorted(path.stem for path in (ROOT / "book" / "steps").glob("*.py"))
MOST_BYTES = 40 * 1024


@cache
def recorded(name: str) -> tuple[Recording, Drawn]:
    made = stepping.record(name)
    return made, draw(made)


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEASURED_ROOT", str(ROOT))


def corner(piece: str, kind: str) -> tuple[str, str] | None:
    """Return where the box of a card is, or of the trace of one that is gone."""
    found = re.match(rf'<rect class="{kind}" x="([\d.]+)" y="([\d.]+)"', piece)
    return (found[1], found[2]) if found else None


@pytest.mark.parametrize("name", NAMES)
def test_every_object_keeps_its_place(name: str) -> None:
    made, drawn = recorded(name)
    places = defaultdict(set)
    for step, (pieces, _) in zip(made.steps, drawn.steps, strict=True):
        corners = [corner(drawn.pieces[it], "c") for it in pieces]
        cards = [it for it in corners if it]
        assert len(cards) == len(step.state.objects) == len({*cards})
        for one, place in zip(step.state.objects, cards, strict=True):
            places[one.number].add(place)
    assert places
    assert all(len(found) == 1 for found in places.values())


@pytest.mark.parametrize("name", NAMES)
def test_an_object_that_is_gone_leaves_a_trace_where_it_was_for_one_step(name: str) -> None:
    made, drawn = recorded(name)
    for before, after, (pieces, _), (earlier, _) in zip(
        made.steps, made.steps[1:], drawn.steps[1:], drawn.steps, strict=False
    ):
        alive = {one.number for one in after.state.objects}
        gone = [it for it in before.state.objects if it.number not in alive and not it.kept]
        traces = {corner(drawn.pieces[it], "g") for it in pieces} - {None}
        assert len(traces) == len(gone)
        assert traces <= {corner(drawn.pieces[it], "c") for it in earlier}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_marked_was_not_there_before(name: str) -> None:
    _, drawn = recorded(name)
    before: set[int] = set()
    for pieces, changed in drawn.steps:
        assert set(changed) <= set(pieces) - before
        before = set(pieces)
    assert any(changed for _, changed in drawn.steps)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drawn_outside_and_all_of_it_is_valid(name: str) -> None:
    _, drawn = recorded(name)
    for piece in drawn.pieces:
        for element in ElementTree.fromstring(f"<g>{piece}</g>").iter("rect"):
            x, y, width, height = (
                float(element.get(it, "")) for it in ("x", "y", "width", "height")
            )
            assert x >= 0
            assert x + width <= WIDTH
            assert y + height <= drawn.height
    for text in re.findall(r'<text[^>]*? x="(-?[\d.]+)"', "".join(drawn.pieces)):
        assert 0 <= float(text) < WIDTH


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_small_and_hold_every_step(name: str) -> None:
    made, drawn = recorded(name)
    pictures = step_pictures.as_json(made, drawn)
    file = step_pictures.as_file(made, drawn)
    assert len(pictures.encode()) <= MOST_BYTES
    assert len(file.encode()) <= MOST_BYTES
    assert len(json.loads(pictures)["steps"]) == len(made.steps)
    root = ElementTree.fromstring(file)
    words = " ".join("".join(it.itertext()) for it in root.iter("{http://www.w3.org/2000/svg}text"))
    assert all(" ".join(said.split()) in " ".join(words.split()) for said in drawn.said)


def made_of(*steps: Step, source: str = "a = b\n") -> Recording:
    where = {"python": "3.13", "system": "Linux", "allocator": "pymalloc", "measured": "today"}
    return Recording("made-up", source, steps, 2**20, where)


def step(names: dict[str, int], *objects: Object, ran: int | None = 1, heap: int = 0) -> Step:
    scope = Names("", {name: Reference(number) for name, number in names.items()})
    kind = "line" if ran else "begin"
    return Step(State(kind, "", ran, 1, [scope], None, objects), heap, 2**24, 6, 3 * 2**20)


def a_list(number: int, count: int, *ends: int, room: int = 0) -> Object:
    parts = [(f"[{at}]", Reference(end)) for at, end in enumerate(ends)]
    return Object(number, "list", "", 56 + 8 * room, count, "", parts, len(ends), room)


def test_the_words_say_what_has_changed() -> None:
    drawn = draw(
        made_of(
            step({}, ran=None),
            step({"a": 1}, a_list(1, 1), heap=56),
            step({"a": 1, "b": 1}, a_list(1, 2), heap=56),
            step({"b": 1}, a_list(1, 1, 2, room=4), a_list(2, 1), heap=144),
            step({}, heap=0),
        )
    )
    assert [said.replace("\N{NO-BREAK SPACE}", " ") for said in drawn.said] == [
        "Before the first line. Line 1 is next.",
        "Step 1 of 4, line 1 has run: the name a refers to an empty list (56 bytes, 1 reference). "
        "Heap 56 bytes more.",
        "Step 2 of 4, line 1 has run: the name b refers to an empty list (56 bytes, 2 references). "
        "The heap is as it was.",
        "Step 3 of 4, line 1 has run: the name a is gone; the list b has 1 item now and takes "
        "88 bytes instead of 56 bytes and has 1 reference less: 1; "
        "new at b[0] is an empty list (56 bytes, 1 reference). Heap 88 bytes more.",
        "Step 4 of 4, line 1 has run: the name b is gone; "
        "the list of 1 item is gone, and its 88 bytes with it; "
        "an empty list is gone, and its 56 bytes with it. Heap 144 bytes less.",
    ]


def test_two_objects_that_lead_to_each_other_are_drawn() -> None:
    circle = [a_list(1, 2, 2, room=1), a_list(2, 2, 1, room=1)]
    drawn = draw(made_of(step({}, ran=None), step({"a": 1, "b": 2}, *circle), step({}, *circle)))
    assert sum('class="a"' in piece for piece in drawn.pieces) == 4


def test_no_text_of_a_program_passes_for_markup() -> None:
    hostile = "<script>alert(1)</script>"
    one = Object(1, hostile, hostile, 10, 1, "", [(f"[{hostile}]", Reference(value=hostile))])
    made = made_of(step({}, ran=None), step({hostile: 1}, one), source=f"# {hostile}\n")
    drawn = draw(made)
    page = step_pictures.element(made, "beside:a", "beside:b", hostile).html
    for text in (page, *drawn.pieces, step_pictures.as_file(made, drawn)):
        assert "<script" not in text


def test_a_program_that_is_missing_is_named() -> None:
    with pytest.raises(LookupError, match=r"nothing\.py is missing in book/steps/"):
        stepping.record("nothing")
