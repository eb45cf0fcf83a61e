from collections import Counter, deque


class Limiter:
    def __init__(self, limit, seconds):
        self.limit = limit
        self.seconds = seconds
        self.allowed = deque()  # (time, address), the oldest first
        self.counts = Counter()

    def allow(self, address, time):
        while self.allowed and self.allowed[0][0] <= time - self.seconds:
            _, old = self.allowed.popleft()
            self.counts[old] -= 1
            if not self.counts[old]:
                del self.counts[old]
        if self.counts[address] >= self.limit:
            return False
        self.allowed.append((time, address))
        self.counts[address] += 1
        return True
