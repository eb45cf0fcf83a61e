# advice: has a len
def smooth(readings, width):
    total = 0
    for i, reading in enumerate(readings):
        total += reading
        if i >= width:
            total -= readings[i - width]
        yield total / min(i + 1, width)
