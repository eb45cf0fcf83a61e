"""The picture that stands for a page where its address is shared: a card, in the book's one look.

Left to right and top to bottom: the mark and the name of the book, what the page asks, one figure,
and the sentences that lead to it.  Nothing is cut: a text that is too long becomes smaller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg

WIDTH, HEIGHT = 1200, 630  # pixels: what is shown whole wherever addresses are shared
#: Stands before and after a figure in a sentence; no font has a letter there.
MARK = "\ue000"

_MARGIN = 72
_DOTS_PER_INCH = 100
_POINTS = 72 / _DOTS_PER_INCH  # in a pixel
_GROUND, _TEXT, _SECOND, _LINE, _FIGURE = "#ffffff", "#1f242b", "#4b5563", "#dfe3e8", "#1565a9"
_BETWEEN_LINES, _SPACE = 1.32, 0.3  # of the size of the letters
_NUMBER = re.compile(r"(\D*[\d.,]+)(.*)")


@dataclass(frozen=True)
class Passage:
    """A figure, and the sentences that lead to it, in which marks stand around each figure."""

    figure: str
    sentences: str

    @property
    def words(self) -> str:
        """The sentences as they are read."""
        return self.sentences.replace(MARK, "").replace("\N{NO-BREAK SPACE}", " ")


@dataclass(frozen=True)
class Card:
    """What a card says.

    Attributes
    ----------
    book
        The name of the book.
    page
        The title of the page, where that is not the heading.
    heading
        The question of the page, or its title.
    passage
        The figure; None where neither the page nor the book has any.
    """

    book: str
    page: str
    heading: str
    passage: Passage | None

    @property
    def alternative(self) -> str:
        """Say what the card shows, for someone who cannot see it."""
        if self.passage is None:
            return self.heading
        return f"{self.heading} {self.passage.figure}: {self.passage.words}"


@dataclass(frozen=True)
class _Piece:
    text: str
    color: str
    bold: bool = False


_Word = list[_Piece]  # such as a figure, and the comma after it


def draw(card: Card, logo: Path, target: Path) -> None:
    """Draw a card as a PNG file.

    Parameters
    ----------
    card
        What it says.
    logo
        The SVG file whose squares are the mark of the book.
    target
        The file; for the same card it is the same, byte by byte.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    picture = Figure((WIDTH / _DOTS_PER_INCH, HEIGHT / _DOTS_PER_INCH), dpi=_DOTS_PER_INCH)
    canvas = FigureCanvasAgg(picture)
    picture.set_facecolor(_GROUND)
    axes = picture.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    axes.set_axis_off()
    _Pen(axes, canvas).draw(card, logo)
    target.parent.mkdir(parents=True, exist_ok=True)
    canvas.print_png(target, metadata={"Software": None})  # type: ignore[no-untyped-call]


class _Pen:
    """Writes on axes whose unit is a pixel, with the origin at the top left."""

    def __init__(self, axes: Axes, canvas: FigureCanvasAgg) -> None:
        self._axes = axes
        self._renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]

    def draw(self, card: Card, logo: Path) -> None:
        """Put everything in its place."""
        right = self._squares(logo, _MARGIN, 58)
        name = [[_Piece(card.book, _TEXT, bold=True)]]
        name += [[_Piece(f"\N{MIDDLE DOT} {card.page}", _SECOND)]] if card.page else []
        self._write_line(name, right + 26, 92, 26)
        heading = [[_Piece(word, _TEXT, bold=True)] for word in card.heading.split()]
        self._write_within(heading, 142, 318, largest=58)
        if card.passage:
            self._axes.plot((_MARGIN, WIDTH - _MARGIN), (336, 336), color=_LINE, linewidth=1)
            self._write_figure(card.passage.figure, 470)
            self._write_within(_words(card.passage.sentences), 492, 606, largest=29)

    def _squares(self, logo: Path, left: float, top: float) -> float:
        """Draw the mark, and return where it ends."""
        from matplotlib.patches import FancyBboxPatch

        right = left
        for square in ElementTree.parse(logo).iter("{http://www.w3.org/2000/svg}rect"):
            x, y, side = (float(square.attrib[name]) for name in ("x", "y", "width"))
            self._axes.add_patch(
                FancyBboxPatch(
                    (left + x + 2, top + y + 2),
                    side - 4,
                    side - 4,
                    boxstyle="round,pad=2,rounding_size=2.5",
                    facecolor=square.attrib["fill"],
                    edgecolor=square.attrib["stroke"],
                    linewidth=0.8,
                )
            )
            right = max(right, left + x + side)
        return right

    def _write_figure(self, figure: str, baseline: float) -> None:
        """Write the figure large, and its unit smaller beside it."""
        match = _NUMBER.fullmatch(figure)
        number, unit = match.groups() if match else (figure, "")
        size = min(128.0, 128.0 * 700 / self._width(number, 128, bold=True))
        right = self._write(_Piece(number, _FIGURE, bold=True), _MARGIN - 6, baseline, size)
        self._write(_Piece(unit.strip(), _FIGURE), right + 18, baseline, 58)

    def _write_within(
        self, words: list[_Word], top: float, bottom: float, *, largest: float
    ) -> None:
        """Write words into lines, as large as they fit between two heights."""
        size = largest
        while len(lines := self._lines(words, size)) * size * _BETWEEN_LINES > bottom - top:
            size -= 1
        for number, line in enumerate(lines):
            self._write_line(line, _MARGIN, top + size * (1 + _BETWEEN_LINES * number), size)

    def _lines(self, words: list[_Word], size: float) -> list[list[_Word]]:
        lines: list[list[_Word]] = [[]]
        room = WIDTH - 2 * _MARGIN
        left = 0.0
        for word in words:
            width = sum(self._width(piece.text, size, bold=piece.bold) for piece in word)
            if lines[-1] and left + width > room:
                lines.append([])
                left = 0.0
            lines[-1].append(word)
            left += width + _SPACE * size
        return lines

    def _write_line(self, words: list[_Word], left: float, baseline: float, size: float) -> None:
        for word in words:
            for piece in word:
                left = self._write(piece, left, baseline, size)
            left += _SPACE * size

    def _write(self, piece: _Piece, left: float, baseline: float, size: float) -> float:
        """Write a piece of a line, and return where it ends."""
        self._axes.text(
            left,
            baseline,
            piece.text,
            color=piece.color,
            fontsize=size * _POINTS,
            fontweight="bold" if piece.bold else "normal",
            va="baseline",
            parse_math=False,
        )
        return left + self._width(piece.text, size, bold=piece.bold)

    def _width(self, text: str, size: float, *, bold: bool) -> float:
        from matplotlib.font_manager import FontProperties

        font = FontProperties(size=size * _POINTS, weight="bold" if bold else "normal")
        width, _height, _descent = self._renderer.get_text_width_height_descent(text, font, False)
        return float(width)


def _words(sentences: str) -> list[_Word]:
    """Tell the figures in some sentences from the words around them."""
    return [
        [
            _Piece(text, _TEXT if number % 2 else _SECOND, bold=bool(number % 2))
            for number, text in enumerate(word.split(MARK))
        ]
        for word in sentences.split(" ")
    ]
