def squares(n):
    for i in range(n):
        yield i * i


n = 1000
ready = [i * i for i in range(n)]
lazy = squares(n)
one = next(lazy)
two = next(lazy)
del ready
del lazy
