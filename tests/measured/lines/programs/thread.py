"""Another thread takes memory while a line waits for it."""

import threading

taken = []


def take():
    taken.append(b"x" * (64 << 20))
    len(b"x" * (96 << 20))


@profile
def waits():
    thread = threading.Thread(target=take)
    thread.start()
    thread.join()
    return taken


@profile
def function():
    mine = b"x" * (32 << 20)  # retained 32, peak 32
    waits()  # retained 64, peak 160
    return mine


function()
# note: Other threads ran
