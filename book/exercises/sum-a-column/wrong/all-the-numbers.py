# advice: generator
import csv


def total(path, column):
    with open(path, newline="", encoding="utf-8") as file:
        numbers = [float(row[column]) for row in csv.DictReader(file) if row[column]]
    return sum(numbers, 0.0)
