import csv


def total(path, column):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return sum(float(row[column]) for row in rows if row[column])
