def add(item, basket=[]):
    basket.append(item)
    return basket


one = add("ham")
two = add("eggs")
del one, two
last = add("spam")
