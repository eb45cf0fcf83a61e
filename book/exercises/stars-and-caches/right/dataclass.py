import math
from dataclasses import dataclass


@dataclass(slots=True)
class Star:
    x: float
    y: float
    z: float
    magnitude: float

    @property
    def distance(self):
        return math.sqrt(self.x**2 + self.y**2 + self.z**2)

    @property
    def brightness(self):
        return self.magnitude + 5 - 5 * math.log10(self.distance)
