def regulars(days, least):
    result = {}
    for day, visitors in days:
        visits = {}
        for visitor in visitors:
            visits[visitor] = visits.get(visitor, 0) + 1
        for visitor in list(visits):
            if visits[visitor] < least:
                del visits[visitor]
        result[day] = visits
    return result
