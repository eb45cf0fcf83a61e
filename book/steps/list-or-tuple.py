a = [1, 2]
b = a
b += [3]
c = (1, 2)
d = c
d += (3,)
del a
del c
