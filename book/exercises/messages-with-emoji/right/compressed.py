from zlib import compress, decompress


class Archive:
    def __init__(self):
        self.messages = []

    def add(self, message):
        self.messages.append(compress(message.encode(), level=1))

    def find(self, word):
        texts = (decompress(message).decode() for message in self.messages)
        return [text for text in texts if word in text]
