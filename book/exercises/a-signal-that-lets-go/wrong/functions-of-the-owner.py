# advice: the method itself
from weakref import WeakKeyDictionary


class Signal:
    def __init__(self):
        self._methods = WeakKeyDictionary()

    def connect(self, method):
        self._methods.setdefault(method.__self__, []).append(method)

    def send(self, value):
        for methods in list(self._methods.values()):
            for method in methods:
                method(value)
