# advice: two methods
from weakref import WeakKeyDictionary


class Signal:
    def __init__(self):
        self._functions = WeakKeyDictionary()

    def connect(self, method):
        self._functions[method.__self__] = method.__func__

    def send(self, value):
        for owner, function in list(self._functions.items()):
            function(owner, value)
