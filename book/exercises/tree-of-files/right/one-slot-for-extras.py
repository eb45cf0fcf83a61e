from dataclasses import dataclass


@dataclass(slots=True)
class Node:
    name: str
    size: int = 0
    children: tuple = ()
    extra: dict | None = None  # what few nodes have, made when needed

    @property
    def tags(self):
        return self.extra["tags"] if self.extra else set()

    def add(self, child):
        self.children = (*self.children, child)

    def tag(self, word):
        if self.extra is None:
            self.extra = {"tags": set()}
        self.extra["tags"].add(word)

    def total(self):
        return self.size + sum(child.total() for child in self.children)
