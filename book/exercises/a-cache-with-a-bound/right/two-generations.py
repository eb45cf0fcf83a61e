def draw(name):
    """Return a picture of 64 KiB; slow."""
    return name.encode().ljust(64 * 1024, b".")


young, old = {}, {}


def tile(name):
    global young, old
    if len(young) >= 16:
        young, old = {}, young
    if name not in young:
        young[name] = old[name] if name in old else draw(name)
    return young[name]
