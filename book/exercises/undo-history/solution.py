class Editor:
    def __init__(self, rows):
        self.rows = rows
        self.before = []  # the picture as it was before each stroke

    def paint(self, x, y, color):
        self.before.append(self.rows)
        self.rows = self.rows.copy()  # a new list of the same rows,
        self.rows[y] = self.rows[y].copy()  # of which one is new
        self.rows[y][x] = color

    def undo(self):
        if self.before:
            self.rows = self.before.pop()

    def color(self, x, y):
        return self.rows[y][x]
