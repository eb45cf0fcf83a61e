def smooth(readings, width):
    means = [0.0] * len(readings)  # room for all of them, from the start
    total = 0
    for i, reading in enumerate(readings):
        total += reading
        if i >= width:
            total -= readings[i - width]
        means[i] = total / min(i + 1, width)
    return means
