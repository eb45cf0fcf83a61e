def regulars(days, least):
    result = {}
    for day, visitors in days:
        visits = {}
        for visitor in visitors:
            visits[visitor] = visits.get(visitor, 0) + 1
        result[day] = {visitor: n for visitor, n in visits.items() if n >= least}
    return result
