# advice: empty cell counts as nothing
import csv


def total(path, column):
    with open(path, newline="", encoding="utf-8") as file:
        return sum((float(row[column]) for row in csv.DictReader(file)), 0.0)
