# advice: one and the same
class Node:
    __slots__ = ("children", "name", "size", "tags")
    nothing = set()

    def __init__(self, name, size=0):
        self.name = name
        self.size = size
        self.children = None
        self.tags = self.nothing

    def add(self, child):
        self.children = self.children or []
        self.children.append(child)

    def tag(self, word):
        self.tags.add(word)

    def total(self):
        return self.size + sum(child.total() for child in self.children or ())
