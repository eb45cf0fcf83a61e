"""Lines that are executed now and then in a loop of short turns, and what they take is large.

Also: what is freed right before a loop of short turns that has run before.
"""

MIB = 1 << 20


@profile
def function():
    kept = []
    for index in range(300_000):  # retained 0, peak 0, times 300001
        rest = index % 100_000  # retained 0, peak 0, times 300000
        if rest == 60_000:  # retained 0, peak 0, times 300000
            kept.append(bytearray(40 * MIB))  # retained 120, peak 40, times 3
        if rest == 80_000:
            dropped = bytearray(50 * MIB)  # retained 150, peak 50, times 3
            del dropped  # retained -150, peak 0, times 3
    return kept


@profile
def freed():
    for _ in range(4):
        left = 100_000
        block = bytearray(60 * MIB)  # retained 240, peak 60, times 4
        del block  # retained -240, peak 0, times 4
        while left:  # retained 0, peak 0, times 400004
            left -= 1  # retained 0, peak 0, times 400000


@profile
def called(turn):
    double = 2 * turn  # retained 0, peak 0, times 20000
    if turn == 15_000:
        double = bytearray(45 * MIB)  # retained 45, peak 45, times 1
    return double  # retained 0, peak 0, times 20000


kept = function()
freed()
kept = [called(turn) for turn in range(20_000)][-1]
