from collections import OrderedDict


def draw(name):
    """Return a picture of 64 KiB; slow."""
    return name.encode().ljust(64 * 1024, b".")


tiles = OrderedDict()


def tile(name):
    if name not in tiles:
        tiles[name] = draw(name)
    tiles.move_to_end(name)
    if len(tiles) > 20:
        tiles.popitem(last=False)
    return tiles[name]
