"""The elements that a browser would make of a piece of HTML."""

from __future__ import annotations

from html.parser import HTMLParser


class Elements(HTMLParser):
    """What stands in a piece of HTML.

    Attributes
    ----------
    tags
        The name of every element, in order.
    attributes
        For each name of an element, the attributes of each such element, in order.
    text
        All text, without markup.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, list[dict[str, str | None]]] = {}
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.setdefault(tag, []).append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def values(self) -> list[str]:
        """The values of all attributes of all elements."""
        return [
            value or ""
            for elements in self.attributes.values()
            for attributes in elements
            for value in attributes.values()
        ]

    @property
    def ids(self) -> list[str]:
        """The id of every element that has one."""
        return [
            attributes["id"] or ""
            for elements in self.attributes.values()
            for attributes in elements
            if "id" in attributes
        ]
