class Limiter:
    def __init__(self, limit, seconds):
        self.limit = limit
        self.seconds = seconds
        self.now, self.before = {}, {}  # two spans of `seconds`: older ones matter no more
        self.began = None

    def allow(self, address, time):
        if self.began is None or time >= self.began + 2 * self.seconds:
            self.now, self.before, self.began = {}, {}, time
        elif time >= self.began + self.seconds:
            self.now, self.before = {}, self.now
            self.began += self.seconds
        times = [*self.before.get(address, ()), *self.now.get(address, ())]
        if sum(t > time - self.seconds for t in times) >= self.limit:
            return False
        self.now[address] = [*self.now.get(address, ()), time]
        return True
