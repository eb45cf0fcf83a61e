def regulars(days, least):
    result = {}
    for day, visitors in days:
        visits = {}
        for visitor in visitors:
            visits[visitor] = visits.get(visitor, 0) + 1
        for visitor in [visitor for visitor, n in visits.items() if n < least]:
            del visits[visitor]
        result[day] = visits.copy()
    return result
