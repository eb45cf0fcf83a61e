from array import array


def smooth(readings, width):
    return array("d", means_of(readings, width))


def means_of(readings, width):
    total = 0
    for i, reading in enumerate(readings):
        total += reading
        if i >= width:
            total -= readings[i - width]
        yield total / min(i + 1, width)
