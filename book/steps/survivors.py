n = 60_000
texts = [str(i) * 9 for i in range(n)]
few = texts[::600]
del texts
again = [str(i) * 9 for i in range(n)]
del again
del few
