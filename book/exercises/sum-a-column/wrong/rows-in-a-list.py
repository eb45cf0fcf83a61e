# advice: let go of it
import csv


def total(path, column):
    rows = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows.append(row)
    return sum((float(row[column] or 0) for row in rows), 0.0)
