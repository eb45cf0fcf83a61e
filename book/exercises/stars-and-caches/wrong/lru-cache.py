# advice: outside of the stars
from functools import cache
from math import hypot, log10


class Star:
    __slots__ = ("magnitude", "x", "y", "z")

    def __init__(self, x, y, z, magnitude):
        self.x = x
        self.y = y
        self.z = z
        self.magnitude = magnitude

    @property
    @cache
    def distance(self):
        return hypot(self.x, self.y, self.z)

    @property
    @cache
    def brightness(self):
        return self.magnitude - 5 * log10(self.distance / 10)
