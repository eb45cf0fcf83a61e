# advice: still refers to
class Limiter:
    def __init__(self, limit, seconds):
        self.limit = limit
        self.seconds = seconds
        self.log = []
        self.first = 0  # in the log, the first that still counts

    def allow(self, address, time):
        while self.first < len(self.log) and self.log[self.first][0] <= time - self.seconds:
            self.first += 1
        recent = sum(other == address for _, other in self.log[self.first :])
        if recent >= self.limit:
            return False
        self.log.append((time, address))
        return True
