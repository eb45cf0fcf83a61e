# advice: writes down the whole picture
import pickle


class Editor:
    def __init__(self, rows):
        self.rows = rows
        self.before = []

    def paint(self, x, y, color):
        self.before.append(pickle.dumps(self.rows))
        self.rows[y][x] = color

    def undo(self):
        if self.before:
            self.rows = pickle.loads(self.before.pop())

    def color(self, x, y):
        return self.rows[y][x]
