n = 200_000
texts = [str(i) * 9 for i in range(n)]
few = texts[::2000]
del texts
again = [str(i) * 9 for i in range(n)]
del again
del few
