from itertools import count
from weakref import WeakValueDictionary


class Signal:
    def __init__(self):
        self._numbers = count()
        self._owners = WeakValueDictionary()
        self._names = {}

    def connect(self, method):
        number = next(self._numbers)
        self._owners[number] = method.__self__
        self._names[number] = method.__name__

    def send(self, value):
        for number in list(self._names):
            owner = self._owners.get(number)
            if owner is None:
                del self._names[number]
            else:
                getattr(owner, self._names[number])(value)
