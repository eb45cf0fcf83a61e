# advice: every reading
def highest_mean(readings, width):
    everything = list(readings)
    ends = range(width, len(everything) + 1)
    return max(sum(everything[end - width : end]) / width for end in ends)
