from collections import OrderedDict, deque


class Limiter:
    def __init__(self, limit, seconds):
        self.limit = limit
        self.seconds = seconds
        self.times = OrderedDict()  # of each address; the one that was quiet for longest first

    def allow(self, address, time):
        while self.times and next(iter(self.times.values()))[-1] <= time - self.seconds:
            self.times.popitem(last=False)
        recent = self.times.setdefault(address, deque())
        while recent and recent[0] <= time - self.seconds:
            recent.popleft()
        if len(recent) >= self.limit:
            return False
        recent.append(time)
        self.times.move_to_end(address)
        return True
