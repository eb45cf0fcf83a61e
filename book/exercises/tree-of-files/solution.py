NOTHING = frozenset()  # one for all: nobody can change it


class Node:
    __slots__ = ("children", "name", "size", "tags")

    def __init__(self, name, size=0):
        self.name = name
        self.size = size
        self.children = ()
        self.tags = NOTHING

    def add(self, child):
        if not self.children:
            self.children = []
        self.children.append(child)

    def tag(self, word):
        self.tags |= {word}

    def total(self):
        return self.size + sum(child.total() for child in self.children)
