class Editor:
    def __init__(self, rows):
        self.rows = rows
        self.steps = []  # of each stroke, where it was and which color it hid

    def paint(self, x, y, color):
        self.steps.append((x, y, self.rows[y][x]))
        self.rows[y][x] = color

    def undo(self):
        if self.steps:
            x, y, color = self.steps.pop()
            self.rows[y][x] = color

    def color(self, x, y):
        return self.rows[y][x]
