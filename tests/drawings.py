"""What the tests of pictures share: a picture's elements, and where a text stands in it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from book_kit.evidence.quantity import Measurement
from book_kit.show.markup import Markup

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script> & "more"'


def mebibytes(*values: float) -> Measurement:
    """Return a figure of so many repeats."""
    return Measurement("figure", "MiB", values, "scale")


def pictures(figure: Markup) -> list[str]:
    """Return the pictures of a figure, the wide one first."""
    return re.findall(r"<svg.*?</svg>", figure.html, re.S)


def places_of(figure: Markup, text: str) -> list[tuple[float, float]]:
    """Return where a text begins in each picture of a figure."""
    found = []
    for picture in pictures(figure):
        for element in ElementTree.fromstring(picture).iter(f"{SVG}text"):
            if "".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ") == text:
                x, y = element.get("x"), element.get("y")
                if x is None or y is None:
                    x, y = re.findall(r"[\d.]+", element.get("transform", ""))[:2]
                found.append((float(x), float(y)))
    return found
