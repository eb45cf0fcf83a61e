n = 2_000_000
rows = [b"a" * n, b"b" * n]
walk = iter(rows)
del rows
for row in walk:
    size = len(row)
del row
del walk
