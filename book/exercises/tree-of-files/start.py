class Node:
    def __init__(self, name, size=0):
        self.name = name
        self.size = size
        self.children = []
        self.tags = set()

    def add(self, child):
        self.children.append(child)

    def tag(self, word):
        self.tags.add(word)

    def total(self):
        return self.size + sum(child.total() for child in self.children)
