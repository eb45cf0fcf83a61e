rows = [b"a" * 2_000_000, b"b" * 2_000_000]
walk = iter(rows)
del rows
for row in walk:
    byte = row[0]
del row
del walk
