# advice: an object for each line
class Lines:
    def __init__(self, data):
        self.lines = data.split(b"\n")
        if not self.lines[-1]:
            self.lines.pop()

    def __len__(self):
        return len(self.lines)

    def __getitem__(self, i):
        return self.lines[i].decode()
