# advice: below zero
from collections import deque


def highest_mean(readings, width):
    window, highest = deque(maxlen=width), 0
    for reading in readings:
        window.append(reading)
        if len(window) == width:
            highest = max(highest, sum(window) / width)
    return highest
