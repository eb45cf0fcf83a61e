from array import array


class Lines:
    def __init__(self, data):
        self.data = data
        self.starts = array("I", [0])
        while end := data.find(b"\n", self.starts[-1]) + 1:
            self.starts.append(end)
        if self.starts[-1] < len(data):  # a last line without its \n
            self.starts.append(len(data))

    def __len__(self):
        return len(self.starts) - 1

    def __getitem__(self, i):
        i = range(len(self))[i]  # counts from the end, and raises IndexError, as a list does
        return self.data[self.starts[i] : self.starts[i + 1]].removesuffix(b"\n").decode()
