"""A picture of a page as a file of its own: its colors, letters and ground are in it."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

_COLOR = re.compile(r"(--figure-[\w-]+):\s*light-dark\(\s*(#\w+)")
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)")
_LABEL = re.compile(r'aria-label="([^"]*)"')
_WIDTH = 720  # pixels, for which wide pictures are drawn
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_GROUND = '<rect width="100%" height="100%" fill="#ffffff"/>'


@dataclass(frozen=True)
class Picture:
    """A picture of a page.

    Attributes
    ----------
    svg
        As a wide page shows it.
    caption
        The sentence below it, as HTML.
    section
        The anchor of the section that it stands in.
    """

    svg: str
    caption: str
    section: str


def light_colors(style: str) -> dict[str, str]:
    """Return the colors of pictures in the light, by their names in a style sheet."""
    return dict(_COLOR.findall(style))


def drawing(svg: str, colors: Mapping[str, str]) -> str:
    """Return an inline SVG as the text of a file that needs no other.

    Raises
    ------
    KeyError
        If it has a color that the style sheet does not name.
    """
    opening, _, drawn = svg.partition(">")
    if "xmlns=" not in opening:
        opening = opening.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    size = _SIZE.search(opening)
    if size and " width=" not in opening:  # programs for slides ask how large it is
        high = round(_WIDTH * float(size[2]) / float(size[1]))
        opening += f' width="{_WIDTH}" height="{high}"'
    opening += ' style="font-family: sans-serif">'
    return with_colors(f"{opening}{_GROUND}{drawn}", colors)


def with_colors(text: str, colors: Mapping[str, str]) -> str:
    """Return a drawing or a style sheet with its variables replaced by their values.

    Raises
    ------
    KeyError
        If it has a color that the style sheet does not name.
    """

    def value(variable: re.Match[str]) -> str:
        return colors[variable[1]] if variable[2] is None else variable[2]

    return _VARIABLE.sub(value, text)


def image(svg: str, colors: Mapping[str, str]) -> str:
    """Return an inline SVG as an `img` element that needs no other file.

    Raises
    ------
    KeyError
        If it has a color that the style sheet does not name.
    """
    label = _LABEL.search(svg)
    alternative = html.unescape(label[1]) if label else ""
    data = base64.b64encode(drawing(svg, colors).encode()).decode()
    return (
        f'<img alt="{html.escape(alternative)}" width="{_WIDTH}" '
        f'src="data:image/svg+xml;base64,{data}"/>'
    )
