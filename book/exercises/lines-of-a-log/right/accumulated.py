import io
from array import array
from itertools import accumulate


class Lines:
    def __init__(self, data):
        self.data = data
        self.ends = array("I", accumulate(map(len, io.BytesIO(data))))

    def __len__(self):
        return len(self.ends)

    def __getitem__(self, i):
        if i < 0:
            i += len(self.ends)
        if not 0 <= i < len(self.ends):
            raise IndexError(f"no line {i}")
        line = self.data[self.ends[i - 1] if i else 0 : self.ends[i]]
        return line.decode().removesuffix("\n")
