"""How many plums are there?"""

print("7 plums")
