"""A picture of a page is complete as an image of its own."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree

import pytest
from processes import ROOT

from book_kit.show.standalone import image, light_colors

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" class="wide" role="img" '
    'aria-label="Bars &amp; &quot;lines&quot;"><path style="fill: var(--figure-1)"/>'
    '<text style="font-family: var(--font-stack--monospace, monospace)">a</text></svg>'
)


def drawing_in(element: str) -> str:
    """Return the SVG that an image holds."""
    data = re.search(r"base64,([\w+/=]+)", element)
    assert data is not None
    return base64.b64decode(data[1]).decode()


def test_its_colors_and_its_letters_are_in_it() -> None:
    drawing = drawing_in(image(SVG, {"--figure-1": "#123456"}))
    assert "fill: #123456" in drawing
    assert "font-family: monospace" in drawing
    assert "var(" not in drawing
    assert ElementTree.fromstring(drawing)[0].get("fill") == "#ffffff"  # a ground, for dark pages


def test_it_says_what_it_shows() -> None:
    assert 'alt="Bars &amp; &quot;lines&quot;"' in image(SVG, {"--figure-1": "#123456"})


def test_an_element_without_a_name_space_gets_one() -> None:
    drawing = drawing_in(image('<svg class="wide"><path/></svg>', {}))
    assert ElementTree.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_color_that_no_style_sheet_names_is_an_error() -> None:
    with pytest.raises(KeyError):
        image(SVG, {})


def test_the_style_sheet_of_the_book_names_the_colors_of_its_pictures() -> None:
    colors = light_colors((ROOT / "book/_static/book.css").read_text(encoding="utf-8"))
    assert {"--figure-text", "--figure-muted", "--figure-grid", "--figure-1", "--figure-5"} <= {
        *colors
    }
