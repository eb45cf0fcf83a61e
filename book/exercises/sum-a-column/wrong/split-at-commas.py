# advice: quoted cell
def total(path, column):
    result = 0.0
    with open(path, encoding="utf-8") as file:
        place = next(file).rstrip("\n").split(",").index(column)
        for line in file:
            result += float(line.rstrip("\n").split(",")[place] or 0)
    return result
