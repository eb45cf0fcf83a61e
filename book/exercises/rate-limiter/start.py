from collections import defaultdict, deque


class Limiter:
    def __init__(self, limit, seconds):
        self.limit = limit
        self.seconds = seconds
        self.times = defaultdict(deque)

    def allow(self, address, time):
        recent = self.times[address]
        while recent and recent[0] <= time - self.seconds:
            recent.popleft()
        if len(recent) >= self.limit:
            return False
        recent.append(time)
        return True
