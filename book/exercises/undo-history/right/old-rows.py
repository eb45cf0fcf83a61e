class Editor:
    def __init__(self, rows):
        self.rows = rows
        self.steps = []  # of each stroke, the row as it was

    def paint(self, x, y, color):
        self.steps.append((y, bytes(self.rows[y])))
        self.rows[y][x] = color

    def undo(self):
        if self.steps:
            y, row = self.steps.pop()
            self.rows[y] = bytearray(row)

    def color(self, x, y):
        return self.rows[y][x]
