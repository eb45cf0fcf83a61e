# advice: an object of its own
from weakref import ref


class Signal:
    def __init__(self):
        self._methods = []

    def connect(self, method):
        self._methods.append(ref(method))

    def send(self, value):
        for weak in self._methods:
            method = weak()
            if method is not None:
                method(value)
