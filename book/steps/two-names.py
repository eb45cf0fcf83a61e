a = ["ham", "eggs"]
b = a
b.append("spam")
c = list(a)
a = ["bread"]
del b
del c
