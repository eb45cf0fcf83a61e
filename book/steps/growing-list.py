items = []
items.append(1)
items.extend((2, 3, 4))
items.append(5)
items.extend((6, 7, 8))
items.append(9)
items.pop()
items = items[:]
items.append(9)
items.clear()
