# advice: as they were added
class Archive:
    def __init__(self):
        self.messages = []

    def add(self, message):
        self.messages.append(message.encode("ascii", "ignore").decode())

    def find(self, word):
        return [message for message in self.messages if word in message]
