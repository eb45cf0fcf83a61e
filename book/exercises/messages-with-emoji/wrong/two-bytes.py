# advice: UTF-8
class Archive:
    def __init__(self):
        self.messages = []

    def add(self, message):
        self.messages.append(message.encode("utf-16"))

    def find(self, word):
        texts = (message.decode("utf-16") for message in self.messages)
        return [text for text in texts if word in text]
