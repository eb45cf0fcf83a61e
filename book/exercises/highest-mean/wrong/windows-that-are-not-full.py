# advice: full window
from collections import deque


def highest_mean(readings, width):
    window, highest = deque(maxlen=width), float("-inf")
    for reading in readings:
        window.append(reading)
        highest = max(highest, sum(window) / len(window))
    return highest
