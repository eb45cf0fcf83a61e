# advice: keeps brightness and distance
from functools import cached_property
from math import hypot, log10


class Star:
    __slots__ = ("magnitude", "__dict__", "x", "y", "z")

    def __init__(self, x, y, z, magnitude):
        self.x = x
        self.y = y
        self.z = z
        self.magnitude = magnitude

    @cached_property
    def distance(self):
        return hypot(self.x, self.y, self.z)

    @cached_property
    def brightness(self):
        return self.magnitude - 5 * log10(self.distance / 10)
