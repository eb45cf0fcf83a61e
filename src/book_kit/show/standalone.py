"""A picture of a page as a file of its own: its colors, letters and ground are in it."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping

_COLOR = re.compile(r"(--figure-[\w-]+):\s*light-dark\(\s*(#\w+)")
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)")
_LABEL = re.compile(r'aria-label="([^"]*)"')
_WIDTH = 720  # pixels, for which wide pictures are drawn
_GROUND = '<rect width="100%" height="100%" fill="#ffffff"/>'


def light_colors(style: str) -> dict[str, str]:
    """Return the colors of pictures in the light, by their names in a style sheet."""
    return dict(_COLOR.findall(style))


def image(svg: str, colors: Mapping[str, str]) -> str:
    """Return an inline SVG as an `img` element that needs no other file.

    Raises
    ------
    KeyError
        If it has a color that the style sheet does not name.
    """

    def value(variable: re.Match[str]) -> str:
        return colors[variable[1]] if variable[2] is None else variable[2]

    label = _LABEL.search(svg)
    alternative = html.unescape(label[1]) if label else ""
    opening, _, drawing = svg.partition(">")
    if "xmlns=" not in opening:
        opening = opening.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    opening += ' style="font-family: sans-serif">'
    whole = _VARIABLE.sub(value, f"{opening}{_GROUND}{drawing}")
    data = base64.b64encode(whole.encode()).decode()
    return (
        f'<img alt="{html.escape(alternative)}" width="{_WIDTH}" '
        f'src="data:image/svg+xml;base64,{data}"/>'
    )
