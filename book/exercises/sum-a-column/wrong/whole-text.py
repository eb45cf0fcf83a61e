# advice: whole text
import csv
import io


def total(path, column):
    with open(path, newline="", encoding="utf-8") as file:
        text = file.read()
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return sum((float(row[column]) for row in rows if row[column]), 0.0)
