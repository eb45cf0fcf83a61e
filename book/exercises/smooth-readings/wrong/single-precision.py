# advice: seven digits
from array import array


def smooth(readings, width):
    means = array("f", [0.0]) * len(readings)
    total = 0
    for i, reading in enumerate(readings):
        total += reading
        if i >= width:
            total -= readings[i - width]
        means[i] = total / min(i + 1, width)
    return means
