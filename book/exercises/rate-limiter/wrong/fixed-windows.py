# advice: whichever moment
from collections import Counter


class Limiter:
    def __init__(self, limit, seconds):
        self.limit = limit
        self.seconds = seconds
        self.window = None
        self.counts = Counter()

    def allow(self, address, time):
        if time // self.seconds != self.window:
            self.window = time // self.seconds
            self.counts = Counter()
        if self.counts[address] >= self.limit:
            return False
        self.counts[address] += 1
        return True
