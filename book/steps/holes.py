kept = dict(a=1, b=2, c=3, d=4, e=5)
del kept["a"]
del kept["b"]
del kept["c"]
kept["f"] = 6
kept["g"] = 7
kept["h"] = 8
kept["i"] = 9
kept.clear()
