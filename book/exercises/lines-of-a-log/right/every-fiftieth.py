import io


class Lines:
    step = 50

    def __init__(self, data):
        self.file = io.BytesIO(data)  # shares the bytes
        self.starts, self.length = [], 0
        position = 0
        for line in self.file:
            if self.length % self.step == 0:
                self.starts.append(position)
            position += len(line)
            self.length += 1

    def __len__(self):
        return self.length

    def __getitem__(self, i):
        i = range(self.length)[i]
        self.file.seek(self.starts[i // self.step])
        for _ in range(i % self.step):
            self.file.readline()
        return self.file.readline().decode().removesuffix("\n")
