from array import array


class Readings:
    def __init__(self):
        self.numbers = array("d")  # holds every whole number up to 2**53, too

    def append(self, sensor, time, value):
        self.numbers.extend((sensor, time, value))

    def __len__(self):
        return len(self.numbers) // 3

    def __iter__(self):
        numbers = iter(self.numbers)
        for sensor, time, value in zip(numbers, numbers, numbers):
            yield int(sensor), int(time), value
