import weakref


class Signal:
    def __init__(self):
        self._connected = []

    def connect(self, method):
        self._connected.append((weakref.ref(method.__self__), method.__func__))

    def send(self, value):
        self._connected = [pair for pair in self._connected if pair[0]() is not None]
        for weak, function in self._connected:
            owner = weak()
            if owner is not None:
                function(owner, value)
