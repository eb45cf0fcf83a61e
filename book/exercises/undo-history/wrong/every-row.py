# advice: rows where
class Editor:
    def __init__(self, rows):
        self.rows = rows
        self.before = []

    def paint(self, x, y, color):
        self.before.append([bytes(row) for row in self.rows])
        self.rows[y][x] = color

    def undo(self):
        if self.before:
            self.rows = [bytearray(row) for row in self.before.pop()]

    def color(self, x, y):
        return self.rows[y][x]
