# advice: longest ago
def draw(name):
    """Return a picture of 64 KiB; slow."""
    return name.encode().ljust(64 * 1024, b".")


tiles = {}


def tile(name):
    if name not in tiles:
        tiles[name] = draw(name)
        if len(tiles) > 30:
            del tiles[next(iter(tiles))]
    return tiles[name]
