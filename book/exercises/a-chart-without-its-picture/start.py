WIDTH = HEIGHT = 1_000


def draw(points):
    """Return a picture of a byte for each place, with a dark one at each point."""
    picture = bytearray(WIDTH * HEIGHT)
    for x, y in points:
        picture[y * WIDTH + x] = 255
    return bytes(picture)


class Chart:
    def __init__(self, title, points):
        self.title = title
        self.points = points
        self._picture = None

    def picture(self):
        if self._picture is None:
            self._picture = draw(self.points)
        return self._picture
