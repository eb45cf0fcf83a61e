"""Pictures as inline SVG: drawn once, at home in the light and in the dark theme.

Their colors are CSS variables, so that a picture follows the page's theme.  Each is drawn twice,
for a wide page and for a narrow one; the style sheet shows the one that fits.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from book_kit.show.colors import MUTED, TEXT, VARIABLES
from book_kit.show.figure_data import Data
from book_kit.show.markup import Markup, attribute, inline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDE, _NARROW = 7.6, 4.0  # inches
_LETTERS = {True: 10.5, False: 11.0}  # points, wide and narrow: 11 pixels on the smallest phone
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_DUBLIN_CORE = ("Date", "Creator", "Format", "Type")
#: Places with more digits than can be seen: of a path, a tenth of a point will do.
_LONG_IN_PATH, _LONG = re.compile(r"\d+\.\d{2,}"), re.compile(r"\d+\.\d{3,}")


def render(
    draw: Callable[[Axes, bool], None],
    *,
    alt: str,
    caption: str,
    heights: tuple[float, float],
    data: Data,
) -> Markup:
    """Have `draw` draw on axes, wide and narrow, and put both into one HTML figure.

    Parameters
    ----------
    draw
        Receives the axes, and whether they are the wide ones.
    alt, caption
        The alternative text and the sentence below the picture.
    heights
        Inches, of the wide picture and of the narrow one.
    data
        The numbers that are drawn, for the table below.
    """
    pictures = "".join(
        _picture(draw, wide, height, alt)
        for wide, height in zip((True, False), heights, strict=True)
    )
    return framed(pictures, alt=alt, caption=caption, data=data)


def framed(pictures: str, *, alt: str, caption: str, data: Data) -> Markup:
    """Put a figure's pictures together with what stands below them."""
    return Markup(
        f"{frame_of(pictures, caption)}{data.folded(caption)}", f"[figure] {alt} {caption}"
    )


def frame_of(pictures: str, caption: str) -> str:
    """Return a figure's pictures with the sentence below them, as HTML."""
    return (
        f'<figure class="measured-figure">{pictures}'
        f"<figcaption>{inline(caption)}</figcaption></figure>"
    )


def _picture(draw: Callable[[Axes, bool], None], wide: bool, height: float, alt: str) -> str:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Canvas

    look: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "measured",
        "font.size": _LETTERS[wide],
        "xtick.labelsize": _LETTERS[wide],
        "ytick.labelsize": _LETTERS[wide],
        "legend.fontsize": _LETTERS[wide],
        "axes.labelsize": _LETTERS[wide],
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "text.color": TEXT,
        "axes.labelcolor": TEXT,
        "axes.edgecolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": TEXT,
        "ytick.labelcolor": TEXT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.formatter.use_mathtext": False,
    }
    with matplotlib.rc_context(look):
        canvas = Canvas(figsize=(_WIDE if wide else _NARROW, height))
        # A little smaller than it will become, so that what fits now also fits then.
        axes = canvas.add_axes((0.3, 0.2, 0.65, 0.6) if wide else (0.4, 0.2, 0.36, 0.6))
        draw(axes, wide)
        svg = FigureCanvasSVG(canvas)
        _fit(axes)
        file = io.StringIO()
        svg.print_svg(file, metadata=dict.fromkeys(_DUBLIN_CORE))  # type: ignore[no-untyped-call]
    return _for_page(file.getvalue(), alt, "wide" if wide else "narrow")


def _fit(axes: Axes) -> None:
    """Give axes all of the room that their labels leave.

    One pass, in half the time of matplotlib's layouts: each measures every text twice or more.
    """
    if not axes.axison:  # the limits of the axes leave room for the texts within
        axes.set_position((0, 0, 1, 1))
        return
    legend = axes.get_legend()
    if legend is not None:
        legend.set_in_layout(False)  # it is above the axes, and has all of the picture's width
    whole, inner, outer = axes.figure.bbox, axes.get_window_extent(), axes.get_tightbbox()
    assert outer is not None
    highest = outer.y1 if legend is None else max(outer.y1, legend.get_window_extent().y1)
    pad = 3.0
    left, bottom = inner.x0 - outer.x0 + pad, inner.y0 - outer.y0 + pad
    right, top = outer.x1 - inner.x1 + pad, highest - inner.y1 + pad
    # The page's letters may be wider than the ones measured here; and room for half of a label at
    # the very end of the axis, which more room may bring.
    right = max(right + 8.0, 16.0)
    axes.set_position(
        (
            left / whole.width,
            bottom / whole.height,
            1 - (left + right) / whole.width,
            1 - (bottom + top) / whole.height,
        )
    )


def _for_page(svg: str, alt: str, shape: str) -> str:
    """Turn matplotlib's SVG file into an element of a page: valid, themed, with unique ids."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)
    prefix = "f" + hashlib.sha256((svg + shape).encode()).hexdigest()[:8]
    used = set(re.findall(r"#([\w-]+)", svg))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}metadata" or child.tag == f"{{{_SVG}}}style":
                parent.remove(child)
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name in used:
            element.set("id", f"{prefix}-{name}")
        link = element.attrib.pop(f"{{{_XLINK}}}href", None)
        if link is not None:
            element.set("href", f"#{prefix}-{link[1:]}")
        clip = element.get("clip-path")
        if clip is not None:
            element.set("clip-path", clip.replace("#", f"#{prefix}-"))
        if "d" in element.attrib:
            element.set("d", _LONG_IN_PATH.sub(partial(_shorter, 1), element.attrib["d"]))
        for name in ("transform", "x", "y", "width", "height"):
            if name in element.attrib:
                element.set(name, _LONG.sub(partial(_shorter, 2), element.attrib[name]))
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("class", shape)
    root.set("aria-label", "@alt@")
    text = ElementTree.tostring(root, encoding="unicode")
    for color, variable in VARIABLES.items():
        text = text.replace(color, f"var({variable})")
    text = re.sub(r"font(-family)?: ?([\d.]+px )?'?DejaVu Sans'?[^;\"]*", _font, text)
    return re.sub(r"\s*\n\s*", "\n", text).replace("@alt@", attribute(alt))


def _shorter(decimals: int, match: re.Match[str]) -> str:
    return f"{float(match[0]):.{decimals}f}".rstrip("0").rstrip(".")


def _font(match: re.Match[str]) -> str:
    size = f"font-size: {match[2].strip()}; " if match[2] else ""
    return f"{size}font-family: inherit"
