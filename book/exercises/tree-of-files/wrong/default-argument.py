# advice: one and the same
class Node:
    __slots__ = ("children", "name", "size", "tags")

    def __init__(self, name, size=0, children=[], tags=frozenset()):
        self.name = name
        self.size = size
        self.children = children
        self.tags = tags

    def add(self, child):
        self.children.append(child)

    def tag(self, word):
        self.tags |= {word}

    def total(self):
        return self.size + sum(child.total() for child in self.children)
