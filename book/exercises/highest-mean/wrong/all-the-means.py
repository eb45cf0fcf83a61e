# advice: the means
from collections import deque


def highest_mean(readings, width):
    window, means = deque(maxlen=width), []
    for reading in readings:
        window.append(reading)
        if len(window) == width:
            means.append(sum(window) / width)
    return max(means)
