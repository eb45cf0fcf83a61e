# advice: going through it
from array import array


class Readings:
    def __init__(self):
        self.sensors = array("H")
        self.times = array("q")
        self.values = array("d")

    def append(self, sensor, time, value):
        self.sensors.append(sensor)
        self.times.append(time)
        self.values.append(value)

    def __len__(self):
        return len(self.sensors)

    def __iter__(self):
        rows = [(s, t, v) for s, t, v in zip(self.sensors, self.times, self.values)]
        return iter(rows)
