from collections import Counter


def regulars(days, least):
    result = {}
    for day, visitors in days:
        visits = Counter(visitors)
        for visitor in [visitor for visitor, n in visits.items() if n < least]:
            visits.pop(visitor)
        result[day] = dict(visits)
    return result
