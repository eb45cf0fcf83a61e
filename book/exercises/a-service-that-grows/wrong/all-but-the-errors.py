# advice: an exception leads
from collections import Counter
from functools import lru_cache


def render(text):
    """Return a page made of a document; its first line is the title."""
    title, _, body = text.partition("\n")
    page = f"<h1>{title}</h1>\n{body.upper()}"
    if not title:
        raise ValueError("a document without a title")
    return page


class Service:
    def __init__(self, read):
        self._document = lru_cache(maxsize=16)(read)
        self._pages = self._length = 0
        self._errors = []

    def handle(self, name):
        try:
            page = render(self._document(name))
        except Exception as error:
            self._errors.append(error)
            return None
        self._pages += 1
        self._length += len(page)
        return page

    def report(self):
        return {
            "pages": self._pages,
            "mean": self._length / self._pages if self._pages else 0,
            "errors": Counter(f"{type(error).__name__}: {error}" for error in self._errors),
        }
