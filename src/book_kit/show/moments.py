"""What is in memory at one moment after another: a bar for each, of the parts alive then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from book_kit.evidence.quantity import Measurement
from book_kit.show.colors import SERIES, VARIABLES, need_colors
from book_kit.show.figure_data import Data, one_unit
from book_kit.show.markup import Markup
from book_kit.show.shapes import SMALL, WIDTHS, Look, box, fits, legend, picture, words
from book_kit.show.svg import framed
from measured import units

_HEIGHT = 28.0  # of a bar
_OPACITY = 0.45


def moments(
    parts: Mapping[str, Measurement],
    alive: Mapping[str, Sequence[str]],
    *,
    alt: str,
    caption: str,
) -> Markup:
    """Draw which parts are alive at each moment, as wide as they are large.

    Parameters
    ----------
    parts
        For each part's name what it takes; all in one unit.
    alive
        For each moment, in their order, the names of the parts.
    alt
        What the picture shows, for someone who cannot see it; every part is added.
    caption
        The sentence below it.
    """
    need_colors(len(parts), "parts")
    unit = one_unit({name: part.unit for name, part in parts.items()})
    totals = {
        moment: units.write(sum(parts[name].median for name in names), unit)
        for moment, names in alive.items()
    }
    told = "; ".join(
        f"{moment}: {' and '.join(f'{name} {parts[name]}' for name in names)}"
        for moment, names in alive.items()
    )
    alt = f"{alt} {told}."
    looks = {
        name: Look(VARIABLES[color], _OPACITY) for name, color in zip(parts, SERIES, strict=False)
    }

    def drawn(wide: bool) -> str:
        body, y = legend(looks, 0, wide)
        made, y = [body], y + 6
        left = 170.0 if wide else 1.0
        room = WIDTHS[wide] - left - (78 if wide else 1)
        longest = max(sum(parts[name].median for name in names) for names in alive.values())
        for moment, names in alive.items():
            middle = y + 18.5
            if wide:
                made.append(words(moment, 0, middle, 13))
            else:
                made.append(words(f"{moment}: {totals[moment]}", 0, y + 13, SMALL[wide]))
                y += 19
            x = left
            for name in names:
                width = parts[name].median / longest * room
                made.append(box(x, y, width, _HEIGHT, looks[name]))
                if fits(name, width - 6, wide):
                    label = words(name, x + width / 2, y + 18.5, SMALL[wide], anchor="middle")
                    made.append(label)
                x += width
            if wide:
                made.append(words(totals[moment], x + 6, middle, SMALL[wide]))
            y += _HEIGHT + 9
        return picture("".join(made), y - 5, alt, wide)

    rows = [
        [moment, *(str(parts[name]) if name in names else "" for name in parts), totals[moment]]
        for moment, names in alive.items()
    ]
    data = Data(["moment", *(f"#{name}" for name in parts), "#together"], rows)
    return framed(drawn(True) + drawn(False), alt=alt, caption=caption, data=data)
