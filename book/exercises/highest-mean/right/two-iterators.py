from itertools import islice, tee


def highest_mean(readings, width):
    ahead, behind = tee(readings)  # which holds what lies between the two
    total = highest = sum(islice(ahead, width))
    for new, old in zip(ahead, behind):
        total += new - old
        highest = max(highest, total)
    return highest / width
