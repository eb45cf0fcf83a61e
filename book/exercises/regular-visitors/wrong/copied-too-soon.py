# advice: the table stays
def regulars(days, least):
    result = {}
    for day, visitors in days:
        visits = {}
        for visitor in visitors:
            visits[visitor] = visits.get(visitor, 0) + 1
        for visitor, n in visits.copy().items():
            if n < least:
                visits.pop(visitor)
        result[day] = visits
    return result
