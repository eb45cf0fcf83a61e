# advice: each number is still an object
class Readings:
    def __init__(self):
        self.sensors = []
        self.times = []
        self.values = []

    def append(self, sensor, time, value):
        self.sensors.append(sensor)
        self.times.append(time)
        self.values.append(value)

    def __len__(self):
        return len(self.sensors)

    def __iter__(self):
        return zip(self.sensors, self.times, self.values)
