# advice: find makes
class Archive:
    def __init__(self):
        self.messages = []

    def add(self, message):
        self.messages.append(message.encode())

    def find(self, word):
        messages = [message.decode() for message in self.messages]
        return [message for message in messages if word in message]
