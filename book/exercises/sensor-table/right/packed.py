from struct import Struct

ROW = Struct("<Hqd")


class Readings:
    def __init__(self):
        self.packed = bytearray()

    def append(self, sensor, time, value):
        self.packed += ROW.pack(sensor, time, value)

    def __len__(self):
        return len(self.packed) // ROW.size

    def __iter__(self):
        return ROW.iter_unpack(self.packed)
