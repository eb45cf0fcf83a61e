# advice: while it is made
from array import array
from itertools import accumulate


class Lines:
    def __init__(self, data):
        self.data = data
        self.ends = array("I", accumulate(map(len, data.splitlines(keepends=True))))

    def __len__(self):
        return len(self.ends)

    def __getitem__(self, i):
        i = range(len(self))[i]
        line = self.data[self.ends[i - 1] if i else 0 : self.ends[i]]
        return line.decode().removesuffix("\n")
