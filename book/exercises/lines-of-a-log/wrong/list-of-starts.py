# advice: each is an int
class Lines:
    def __init__(self, data):
        self.data = data
        self.starts = [0]
        while end := data.find(b"\n", self.starts[-1]) + 1:
            self.starts.append(end)
        if self.starts[-1] < len(data):
            self.starts.append(len(data))

    def __len__(self):
        return len(self.starts) - 1

    def __getitem__(self, i):
        i = range(len(self))[i]
        return self.data[self.starts[i] : self.starts[i + 1]].removesuffix(b"\n").decode()
