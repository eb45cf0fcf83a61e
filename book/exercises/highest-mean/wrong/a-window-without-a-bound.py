# advice: `deque` without
from collections import deque


def highest_mean(readings, width):
    window, total, highest = deque(), 0, None
    for place, reading in enumerate(readings):
        window.append(reading)
        total += reading
        if place >= width:
            total -= window[-1 - width]
        if place >= width - 1:
            highest = total if highest is None else max(highest, total)
    return highest / width
