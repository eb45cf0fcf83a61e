"""The steps of a program as pictures: names at the left, objects to their right, memory below.

An object keeps its place from its first step to its last, so pieces that do not change are the
same in one picture and in the next: they are written once, and a step lists those that it has.
What is new or has changed is marked, by a color and by a form.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from book_kit.running.stepping import Recording, Step
from book_kit.show import step_cards, step_words
from book_kit.show.step_cards import LETTER, Place, Point
from book_kit.show.step_words import amount, plural
from measured.stepping.states import Object, Reference

WIDTH = 352.0  # pixels: a phone's, and half of a wide page
_ROW, _GAP = 26.0, 9.0  # a name; between two objects
_NAME = 72.0
#: Where the columns of objects begin and end, by how many there are.
_COLUMNS = {
    1: ((116.0, 346.0),),
    2: ((104.0, 226.0), (254.0, 346.0)),
    3: ((90.0, 174.0), (192.0, 268.0), (284.0, 346.0)),
}
_MOST_BARS = 150.0  # pixels for them all

Name = tuple[str, str]


@dataclass
class Drawn:
    """The pictures of a recording.

    Attributes
    ----------
    height
        Of each, in pixels.
    pieces
        Everything that is drawn, as SVG.
    steps
        For each step the numbers of its pieces, and of those of them that are new or have changed.
    said
        What each step tells.
    """

    height: float = 0.0
    pieces: list[str] = field(default_factory=list)
    steps: list[tuple[list[int], list[int]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def draw(made: Recording) -> Drawn:
    """Draw every step of a recording."""
    return _Drawing(made).all_steps()


class _Drawing:
    """One recording; what is the same in several steps is drawn once."""

    def __init__(self, made: Recording) -> None:
        self._made = made
        self._states = [step.state for step in made.steps]
        self._columns = self._columns_of_objects()
        deepest = max(self._columns.values(), default=0)
        self._edges = _COLUMNS[deepest + 1]
        self._rows, self._titles, names_end = self._rows_of_names()
        self._places, objects_end = self._places_of_objects()
        self._strip_top = max(names_end, objects_end, 60.0) + 12
        self._drawn = Drawn(height=self._strip_top + 84)
        self._numbers: dict[str, int] = {}

    # Where everything goes

    def _columns_of_objects(self) -> dict[int, int]:
        """Return how far from a name each object ever is, in a few columns.

        Of objects that lead to each other in a circle, it is how far they are at first.
        """
        found: dict[int, int] = {}
        graphs = [
            {
                one.number: [part.to for _, part in one.parts if part.to is not None]
                for one in state.objects
            }
            for state in self._states
        ]
        circle = {it for leads_to in graphs for it in leads_to if _leads_back(it, leads_to)}
        for state, leads_to in zip(self._states, graphs, strict=True):
            references = [*step_words.names_of(state).values(), state.result]
            level = {it.to for it in references if it is not None and it.to is not None}
            seen: set[int] = set()
            depth = 0
            while level:
                for number in level:
                    known = found.setdefault(number, depth)
                    if depth > known and number not in circle:
                        found[number] = depth
                seen |= level
                level = {end for number in level for end in leads_to[number]} - seen
                depth += 1
            for number in leads_to:
                found.setdefault(number, depth)
        for _ in range(3):  # and farther than all that refers to it
            for leads_to in graphs:
                for number, ends in leads_to.items():
                    for end in ends:
                        if end not in circle:
                            found[end] = max(found[end], found[number] + 1)
        used = sorted(set(found.values()))[:3]
        return {number: min(used.index(min(it, used[-1])), 2) for number, it in found.items()}

    def _rows_of_names(self) -> tuple[dict[Name, float], dict[str, float], float]:
        """Return where each name stands, where the title of each function does, and the end."""
        names: dict[str, list[str]] = {"": []}
        for state in self._states:
            for function, name in step_words.names_of(state):
                if name not in names.setdefault(function, []):
                    names[function].append(name)
        rows, titles, y = {}, {}, 4.0
        for function, own in names.items():
            if function:
                titles[function] = y + 8
                y += _ROW - 4
            for name in own:
                rows[function, name] = y
                y += _ROW
            if any(it.result is not None and it.function == function for it in self._states):
                rows[function, "↩"] = y
                y += _ROW
            y += 6
        return rows, titles, y

    def _places_of_objects(self) -> tuple[dict[int, Place], float]:
        """Pack each column; an object takes the room of one that is gone, and never moves."""
        lives: dict[int, list[int]] = {}
        heights: dict[int, float] = {}
        for at, state in enumerate(self._states):
            for one in state.objects:
                lives.setdefault(one.number, []).append(at)
                left, right = self._edges[self._columns[one.number]]
                high = step_cards.height(one, right - left)
                heights[one.number] = max(heights.get(one.number, 0.0), high)
        taken: dict[int, list[tuple[float, float, int, int]]] = {}
        places, end = {}, 0.0
        for number, life in lives.items():
            column = self._columns[number]
            first, last = life[0], life[-1] + 1  # and a step in which it is seen to be gone
            others = sorted(
                (top, bottom)
                for top, bottom, begin, over in taken.get(column, [])
                if begin <= last and first <= over
            )
            y = 4.0
            for top, bottom in others:
                if y + heights[number] + _GAP <= top:
                    break
                y = max(y, bottom + _GAP)
            taken.setdefault(column, []).append((y, y + heights[number], first, last))
            left, right = self._edges[column]
            places[number] = Place(left, y, right - left, column)
            end = max(end, y + heights[number])
        return places, end

    # What is drawn

    def all_steps(self) -> Drawn:
        bars = self._number(self._bars())
        before: list[int] = []
        gone: list[Object] = []
        for at, step in enumerate(self._made.steps):
            drawn = [(self._number(it), is_quiet) for it, is_quiet in self._pieces(at)]
            pieces = [it for it, _ in drawn]
            old = set(before)
            changed = [it for it, is_quiet in drawn if not is_quiet and it not in old]
            if at:
                previous = self._states[at - 1].objects
                alive = {one.number for one in step.state.objects}
                gone = [one for one in previous if one.number not in alive and not one.kept]
            ghosts = [self._number(self._ghost(one)) for one in gone]
            below = [bars, self._number(self._cursor(at)), self._number(self._figures(step))]
            self._drawn.steps.append(([*ghosts, *pieces, *below], changed))
            self._drawn.said.append(step_words.sentence(self._made.steps, at))
            before = pieces
        return self._drawn

    def _number(self, piece: str) -> int:
        if piece not in self._numbers:
            self._numbers[piece] = len(self._drawn.pieces)
            self._drawn.pieces.append(piece)
        return self._numbers[piece]

    def _pieces(self, at: int) -> Iterator[tuple[str, bool]]:
        """Yield what is drawn of a step, and whether it is no news even where it is new."""
        state = self._states[at]
        before = {one.number: one for one in self._states[at - 1].objects} if at else {}
        objects = {one.number: one for one in state.objects}
        for function, y in self._titles.items():
            if any(scope.function == function for scope in state.scopes):
                yield f'<text class="s" x="0" y="{y:g}">in {html.escape(function)}()</text>', True
        names = dict(step_words.names_of(state))
        if state.result is not None:
            names[state.function, "↩"] = state.result
        for name, reference in names.items():
            yield self._name(name, reference), False
            if reference.to is not None:
                y = self._rows[name] + 11
                yield self._arrow((_NAME, y), 0, objects[reference.to]), False
        for one in state.objects:
            for point, end in step_cards.dots(one, self._places[one.number]):
                column = self._places[one.number].column + 1
                yield self._arrow(point, column, objects[end]), False
        for one in state.objects:
            yield self._card(one), False
            known = before.get(one.number)
            same = known is not None and known.count == one.count
            yield self._count(one, known), same

    def _name(self, name: Name, reference: Reference) -> str:
        y = self._rows[name]
        label = "result" if name[1] == "↩" else name[1]
        if reference.to is None:
            label = f"{label} = {reference.value}"
        most = self._edges[0][0] - 6
        label = step_cards.cut(label, ((_NAME if reference.to is not None else most) - 8) / LETTER)
        wide = _NAME if reference.to is not None else max(_NAME, len(label) * LETTER + 8)
        kind = "n r" if name[1] == "↩" else "n"
        return (
            f'<rect class="{kind}" x="1" y="{y:g}" width="{wide - 1:g}" height="22" rx="11"/>'
            f'<text x="{wide / 2:g}" y="{y + 15:g}" text-anchor="middle">'
            f"{html.escape(label)}</text>"
        )

    def _card(self, one: Object) -> str:
        place = self._places[one.number]
        high = step_cards.height(one, place.width)
        size = step_cards.bytes_of(one)
        title = step_cards.cut(step_cards.title(one), (place.width - 8) / LETTER)
        parts = [
            f'<rect class="c" x="{place.x:g}" y="{place.y:g}" width="{place.width:g}" '
            f'height="{high:g}" rx="4"/>'
            f'<path class="f" d="M{place.x + place.width - 11:g} {place.y:g}h11v11z"/>'
            f'<text x="{place.x + 5:g}" y="{place.y + 14:g}">{html.escape(title)}</text>'
            f'<text class="s" x="{place.x + 5:g}" y="{place.y + 26:g}">{size}</text>'
        ]
        parts += step_cards.body(one, place)
        return "".join(parts)

    def _count(self, one: Object, before: Object | None) -> str:
        """Write how many references there are, on the line of the bytes, and how that changed."""
        if one.count is None:
            return ""
        place = self._places[one.number]
        sign = ""
        if before is not None and before.count is not None and before.count != one.count:
            sign = " ▲" if one.count > before.count else " ▼"
        word = (
            f"{one.count}\N{MULTIPLICATION SIGN}" if place.width < 100 else plural(one.count, "ref")
        )
        x = place.x + 5 + (len(step_cards.bytes_of(one)) + 2) * 6
        return f'<text class="s u" x="{x:g}" y="{place.y + 26:g}">· {word}{sign}</text>'

    def _ghost(self, one: Object) -> str:
        place = self._places[one.number]
        high = step_cards.height(one, place.width)
        return (
            f'<rect class="g" x="{place.x:g}" y="{place.y:g}" width="{place.width:g}" '
            f'height="{high:g}" rx="4"/><text class="s" x="{place.x + 5:g}" '
            f'y="{place.y + 14:g}">gone</text><text class="s" x="{place.x + 5:g}" '
            f'y="{place.y + 26:g}">\N{MINUS SIGN}{amount(one.size)}</text>'
        )

    def _arrow(self, begin: Point, column: int, target: Object) -> str:
        """Draw an arrow from a place whose next column is `column` to an object."""
        place = self._places[target.number]
        x, y = begin
        end_y = place.y + 10
        if place.column >= column:
            end = place.x
            bend = max((end - x) / 2, 10)
            path = f"M{x:g} {y:g}C{x + bend:g} {y:g} {end - bend:g} {end_y:g} {end - 6:g} {end_y:g}"
            head = f"M{end - 7:g} {end_y - 4:g}L{end:g} {end_y:g}L{end - 7:g} {end_y + 4:g}z"
        else:  # to its own column, or back: around the right side
            end = place.x + place.width
            out = max(end, self._edges[column - 1][1]) + 16
            path = f"M{x:g} {y:g}C{out:g} {y:g} {out:g} {end_y:g} {end + 6:g} {end_y:g}"
            head = f"M{end + 7:g} {end_y - 4:g}L{end:g} {end_y:g}L{end + 7:g} {end_y + 4:g}z"
        return f'<path class="a" d="{path}"/><path class="h" d="{head}"/>'

    # Memory, from step to step

    def _rows_of_strip(self) -> list[tuple[str, list[float]]]:
        steps, size = self._made.steps, self._made.arena_size
        resident = [step.resident - steps[0].resident for step in steps]
        rows: list[tuple[str, list[float]]] = [("heap", [step.heap for step in steps])]
        if all(step.arenas is not None for step in steps):
            rows.append(("arenas", [float((step.arenas or 0) * size) for step in steps]))
        # Some pages more or less are the noise of the process.
        rows.append(
            ("resident", [value if abs(value) > step_words.NOISE else 0.0 for value in resident])
        )
        return rows

    def _column_of_bar(self, at: int) -> tuple[float, float]:
        wide = min(_MOST_BARS / len(self._made.steps), 16.0)
        return WIDTH - 4 - wide * (len(self._made.steps) - at), wide

    def _bars(self) -> str:
        parts = []
        for number, (name, values) in enumerate(self._rows_of_strip()):
            bottom = self._strip_top + 24 + 27 * number
            highest = max(*values, 1.0)
            for at, value in enumerate(values):
                x, wide = self._column_of_bar(at)
                high = max(20 * value / highest, 0.0)
                parts.append(
                    f'<path class="b" d="M{x + 1:.4g} {bottom:g}v-{high:.3g}h{wide - 2:.3g}'
                    f'v{high:.3g}z"/>'
                )
                used = self._made.steps[at].used
                if name == "arenas" and used is not None:
                    full = 20 * used / highest
                    parts.append(
                        f'<path class="w" d="M{x + 1:.4g} {bottom:g}v-{full:.3g}h{wide - 2:.3g}'
                        f'v{full:.3g}z"/>'
                    )
            x, wide = self._column_of_bar(0)
            parts.append(f'<path class="l" d="M{x:g} {bottom:g}H{WIDTH - 4:g}"/>')
        return "".join(parts)

    def _cursor(self, at: int) -> str:
        x, wide = self._column_of_bar(at)
        high = 27 * len(self._rows_of_strip()) - 3
        return (
            f'<rect class="o" x="{x - 1:.4g}" y="{self._strip_top + 2:g}" '
            f'width="{wide + 2:.3g}" height="{high:g}" rx="2"/>'
        )

    def _figures(self, step: Step) -> str:
        first = self._made.steps[0]
        grown = step.resident - first.resident
        texts = [("heap", amount(step.heap), "")]
        if step.arenas is not None and step.used is not None:
            share = step.used / (step.arenas * self._made.arena_size)
            texts.append(("arenas", f"{step.arenas}", f"{share:.0%} in use"))
        signed = amount(grown, signed=True) if abs(grown) > step_words.NOISE else ""
        texts.append(("resident", amount(step.resident), signed))
        return "".join(
            f'<text class="s" x="2" y="{self._strip_top + 20 + 27 * number:g}">{name}</text>'
            f'<text class="v" x="56" y="{self._strip_top + 20 + 27 * number:g}">{value}'
            f'<tspan class="s" dx="6">{note}</tspan></text>'
            for number, (name, value, note) in enumerate(texts)
        )


def _leads_back(number: int, leads_to: Mapping[int, Sequence[int]]) -> bool:
    """Whether an object can be reached from itself."""
    waiting, seen = list(leads_to[number]), set()
    while waiting:
        here = waiting.pop()
        if here == number:
            return True
        if here not in seen:
            seen.add(here)
            waiting += leads_to[here]
    return False
