# advice: an object of its own
def smooth(readings, width):
    means = []
    total = 0
    for i, reading in enumerate(readings):
        total += reading
        if i >= width:
            total -= readings[i - width]
        means.append(total / min(i + 1, width))
    return means
