n = 1000
text = "a" * n
text = text + "é"
text = text + "€"
text = text + "🐍"
text = text[:-1]
text = text[:-1]
del text
