from array import array


class Archive:
    def __init__(self):
        self.data = bytearray()
        self.ends = array("L", [0])

    def add(self, message):
        self.data += message.encode()
        self.ends.append(len(self.data))

    def find(self, word):
        found = []
        for i in range(1, len(self.ends)):
            text = self.data[self.ends[i - 1] : self.ends[i]].decode()
            if word in text:
                found.append(text)
        return found
