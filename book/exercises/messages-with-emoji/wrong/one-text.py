# advice: four bytes
import io


class Archive:
    def __init__(self):
        self.text = io.StringIO()

    def add(self, message):
        self.text.write(message + "\0")

    def find(self, word):
        return [message for message in self.text.getvalue().split("\0")[:-1] if word in message]
