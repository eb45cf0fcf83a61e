from weakref import WeakMethod


class Signal:
    def __init__(self):
        self._methods = []

    def connect(self, method):
        self._methods.append(WeakMethod(method, self._methods.remove))

    def send(self, value):
        for weak in list(self._methods):
            if method := weak():
                method(value)
