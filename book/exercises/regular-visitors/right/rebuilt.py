from collections import Counter


def regulars(days, least):
    result = {}
    for day, visitors in days:
        visits = Counter(visitors)
        for visitor in list(visits):
            if visits[visitor] < least:
                del visits[visitor]
        result[day] = dict(visits)
    return result
