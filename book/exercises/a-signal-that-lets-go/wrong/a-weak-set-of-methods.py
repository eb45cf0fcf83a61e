# advice: an object of its own
from weakref import WeakSet


class Signal:
    def __init__(self):
        self._methods = WeakSet()

    def connect(self, method):
        self._methods.add(method)

    def send(self, value):
        for method in self._methods:
            method(value)
