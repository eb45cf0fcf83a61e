from collections import deque


def means(readings, width):
    window = deque(maxlen=width)
    for reading in readings:
        window.append(reading)
        if len(window) == width:
            yield sum(window) / width


def highest_mean(readings, width):
    return max(means(readings, width))
