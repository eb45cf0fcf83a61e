import copy

a = [["ham"], ["spam"]]
b = a
shallow = list(a)
deep = copy.deepcopy(a)
a[0][0] = "eggs"
a.append(["bacon"])
shallow[1].append("toast")
