from collections import Counter, OrderedDict


def render(text):
    """Return a page made of a document; its first line is the title."""
    title, _, body = text.partition("\n")
    page = f"<h1>{title}</h1>\n{body.upper()}"
    if not title:
        raise ValueError("a document without a title")
    return page


class Service:
    def __init__(self, read):
        self._read = read
        self._documents = OrderedDict()
        self._pages = self._length = 0
        self._errors = Counter()

    def _document(self, name):
        if name not in self._documents:
            self._documents[name] = self._read(name)
            if len(self._documents) > 16:
                self._documents.popitem(last=False)
        self._documents.move_to_end(name)
        return self._documents[name]

    def handle(self, name):
        try:
            page = render(self._document(name))
        except Exception as error:
            self._errors[f"{type(error).__name__}: {error}"] += 1
            return None
        self._pages += 1
        self._length += len(page)
        return page

    def report(self):
        return {
            "pages": self._pages,
            "mean": self._length / self._pages if self._pages else 0,
            "errors": dict(self._errors),
        }
