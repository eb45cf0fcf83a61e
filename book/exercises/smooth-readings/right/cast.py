def smooth(readings, width):
    means = memoryview(bytearray(8 * len(readings))).cast("d")
    total = 0
    for i, reading in enumerate(readings):
        total += reading
        if i >= width:
            total -= readings[i - width]
        means[i] = total / min(i + 1, width)
    return means
