import csv


def total(path, column):
    with open(path, newline="", encoding="utf-8") as file:
        return sum((float(row[column]) for row in csv.DictReader(file) if row[column]), 0.0)
