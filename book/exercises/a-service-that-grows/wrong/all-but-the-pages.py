# advice: does the report need
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
        self._pages = []
        self._errors = Counter()

    def handle(self, name):
        try:
            page = render(self._document(name))
        except Exception as error:
            self._errors[f"{type(error).__name__}: {error}"] += 1
            return None
        self._pages.append(page)
        return page

    def report(self):
        lengths = [len(page) for page in self._pages]
        return {
            "pages": len(lengths),
            "mean": sum(lengths) / len(lengths) if lengths else 0,
            "errors": dict(self._errors),
        }
