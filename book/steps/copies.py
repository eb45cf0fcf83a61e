import copy

a = [["ham"], ["spam"]]
shallow = list(a)
deep = copy.deepcopy(a)
a[0][0] = "eggs"
a.append(["bacon"])
