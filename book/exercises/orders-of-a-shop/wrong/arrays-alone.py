# advice: different texts
import csv
from array import array


class Orders:
    def __init__(self, lines):
        self.times, self.prices = array("q"), array("d")
        self.cities, self.products, self.coupons = [], [], []
        rows = csv.reader(lines)
        next(rows)
        for time, city, product, price, coupon in rows:
            self.times.append(int(time))
            self.cities.append(city)
            self.products.append(product)
            self.prices.append(float(price))
            self.coupons.append(coupon or None)

    def __len__(self):
        return len(self.times)

    def __getitem__(self, i):
        columns = self.times, self.cities, self.products, self.prices, self.coupons
        names = "time", "city", "product", "price", "coupon"
        return {name: column[i] for name, column in zip(names, columns)}

    def revenue(self, city):
        return sum(price for name, price in zip(self.cities, self.prices) if name == city)

    def with_coupon(self):
        return [i for i, coupon in enumerate(self.coupons) if coupon]
