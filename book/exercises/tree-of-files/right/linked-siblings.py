class Node:
    __slots__ = ("_tags", "first", "last", "name", "next", "size")

    def __init__(self, name, size=0):
        self.name = name
        self.size = size
        self.first = self.last = self.next = self._tags = None

    @property
    def children(self):
        child = self.first
        while child:
            yield child
            child = child.next

    @property
    def tags(self):
        return set(self._tags or ())

    def add(self, child):
        if self.first is None:
            self.first = child
        else:
            self.last.next = child
        self.last = child

    def tag(self, word):
        self._tags = (*(self._tags or ()), word)

    def total(self):
        return self.size + sum(child.total() for child in self.children)
