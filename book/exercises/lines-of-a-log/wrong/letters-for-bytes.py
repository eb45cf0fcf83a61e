# advice: bytes, not letters
from array import array


class Lines:
    def __init__(self, data):
        self.data = data
        self.starts = array("I", [0])
        text = data.decode()
        while end := text.find("\n", self.starts[-1]) + 1:
            self.starts.append(end)
        if self.starts[-1] < len(text):
            self.starts.append(len(text))

    def __len__(self):
        return len(self.starts) - 1

    def __getitem__(self, i):
        i = range(len(self))[i]
        line = self.data[self.starts[i] : self.starts[i + 1]]
        return line.decode(errors="replace").removesuffix("\n")
