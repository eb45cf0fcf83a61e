# advice: Every method
from collections import deque


class Signal:
    def __init__(self):
        self._methods = deque(maxlen=10)

    def connect(self, method):
        self._methods.append(method)

    def send(self, value):
        for method in self._methods:
            method(value)
