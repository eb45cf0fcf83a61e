# advice: d.copy()
def regulars(days, least):
    result = {}
    for day, visitors in days:
        visits = {}
        for visitor in visitors:
            visits[visitor] = visits.get(visitor, 0) + 1
        stay = [(visitor, n) for visitor, n in visits.items() if n >= least]
        while visits:
            visits.popitem()
        visits.update(stay)
        result[day] = visits.copy()
    return result
