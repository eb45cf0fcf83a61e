# advice: too high
from functools import lru_cache


def draw(name):
    """Return a picture of 64 KiB; slow."""
    return name.encode().ljust(64 * 1024, b".")


@lru_cache(maxsize=1_000)
def tile(name):
    return draw(name)
