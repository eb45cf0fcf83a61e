# advice: an object for each line
class Lines:
    def __init__(self, data):
        view = memoryview(data)
        self.lines = []
        start = 0
        while start < len(data):
            end = data.find(b"\n", start)
            end = len(data) if end < 0 else end
            self.lines.append(view[start:end])
            start = end + 1

    def __len__(self):
        return len(self.lines)

    def __getitem__(self, i):
        return str(self.lines[i], "utf-8")
