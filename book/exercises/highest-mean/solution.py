from collections import deque
from itertools import islice


def highest_mean(readings, width):
    readings = iter(readings)
    window = deque(islice(readings, width), maxlen=width)
    highest = sum(window)
    for reading in readings:
        window.append(reading)
        highest = max(highest, sum(window))
    return highest / width
