import csv
from itertools import islice


def total(path, column):
    result = 0.0
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        while batch := list(islice(rows, 500)):
            result += sum(float(row[column] or 0) for row in batch)
            del batch
    return result
