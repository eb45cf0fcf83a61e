def highest_mean(readings, width):
    readings = list(readings)
    means = []
    for end in range(width, len(readings) + 1):
        means.append(sum(readings[end - width : end]) / width)
    return max(means)
