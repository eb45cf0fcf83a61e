class Readings:
    def __init__(self):
        self.rows = []

    def append(self, sensor, time, value):
        self.rows.append((sensor, time, value))

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        return iter(self.rows)
