# advice: while they are made
import csv
from array import array
from sys import intern


class Orders:
    def __init__(self, lines):
        rows = list(csv.reader(lines))[1:]
        self.times = array("q", (int(row[0]) for row in rows))
        self.cities = [intern(row[1]) for row in rows]
        self.products = [intern(row[2]) for row in rows]
        self.prices = array("d", (float(row[3]) for row in rows))
        self.coupons = {i: row[4] for i, row in enumerate(rows) if row[4]}

    def __len__(self):
        return len(self.times)

    def __getitem__(self, i):
        return {
            "time": self.times[i],
            "city": self.cities[i],
            "product": self.products[i],
            "price": self.prices[i],
            "coupon": self.coupons.get(i),
        }

    def revenue(self, city):
        return sum(price for name, price in zip(self.cities, self.prices) if name == city)

    def with_coupon(self):
        return list(self.coupons)
