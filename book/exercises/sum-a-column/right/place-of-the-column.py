import csv


def total(path, column):
    result = 0.0
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        place = next(reader).index(column)
        for row in reader:
            if row[place]:
                result += float(row[place])
    return result
