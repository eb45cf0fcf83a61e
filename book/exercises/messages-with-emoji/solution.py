class Archive:
    def __init__(self):
        self.messages = []  # in UTF-8, where only the emoji is wide

    def add(self, message):
        self.messages.append(message.encode())

    def find(self, word):
        wanted = word.encode()
        return [message.decode() for message in self.messages if wanted in message]
