# advice: an object for each reading
from dataclasses import dataclass


@dataclass(slots=True)
class Reading:
    sensor: int
    time: int
    value: float


class Readings:
    def __init__(self):
        self.rows = []

    def append(self, sensor, time, value):
        self.rows.append(Reading(sensor, time, value))

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        return ((row.sensor, row.time, row.value) for row in self.rows)
