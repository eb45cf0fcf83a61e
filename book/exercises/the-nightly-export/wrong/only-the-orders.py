# advice: whole row
import csv
import pickle


def read_orders(path):
    with open(path, "rb") as file:
        while file.peek(1):
            yield from pickle.load(file)


def read_customers(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {row["customer"]: row for row in csv.DictReader(file)}


def export(orders, customers, target):
    customers = read_customers(customers)
    totals = {}
    with open(target, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["order", "depot", "cents"])
        for order, customer, cents, _ in read_orders(orders):
            depot = customers[customer]["depot"]
            writer.writerow([order, depot, cents])
            totals[depot] = totals.get(depot, 0) + cents
    return totals
