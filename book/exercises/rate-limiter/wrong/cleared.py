# advice: forgot
from collections import defaultdict


class Limiter:
    def __init__(self, limit, seconds):
        self.limit = limit
        self.seconds = seconds
        self.times = defaultdict(list)

    def allow(self, address, time):
        if len(self.times) > 1_000:
            self.times.clear()
        recent = [t for t in self.times[address] if t > time - self.seconds]
        self.times[address] = recent
        if len(recent) >= self.limit:
            return False
        recent.append(time)
        return True
