# advice: until the last day
def regulars(days, least):
    counted = {}
    for day, visitors in days:
        visits = counted[day] = {}
        for visitor in visitors:
            visits[visitor] = visits.get(visitor, 0) + 1
    return {
        day: {visitor: n for visitor, n in visits.items() if n >= least}
        for day, visits in counted.items()
    }
