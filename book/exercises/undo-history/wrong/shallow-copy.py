# advice: shares the row
class Editor:
    def __init__(self, rows):
        self.rows = rows
        self.before = []

    def paint(self, x, y, color):
        self.before.append(list(self.rows))
        self.rows[y][x] = color

    def undo(self):
        if self.before:
            self.rows = self.before.pop()

    def color(self, x, y):
        return self.rows[y][x]
