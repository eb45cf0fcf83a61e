# advice: a number is kept as a text
import csv
from sys import intern


class Orders:
    def __init__(self, lines):
        rows = csv.reader(lines)
        next(rows)
        self.times, self.cities, self.products, self.prices, self.coupons = [], [], [], [], {}
        for i, (time, city, product, price, coupon) in enumerate(rows):
            self.times.append(time)
            self.cities.append(intern(city))
            self.products.append(intern(product))
            self.prices.append(price)
            if coupon:
                self.coupons[i] = coupon

    def __len__(self):
        return len(self.times)

    def __getitem__(self, i):
        return {
            "time": int(self.times[i]),
            "city": self.cities[i],
            "product": self.products[i],
            "price": float(self.prices[i]),
            "coupon": self.coupons.get(i),
        }

    def revenue(self, city):
        pairs = zip(self.cities, self.prices)
        return sum(float(price) for name, price in pairs if name == city)

    def with_coupon(self):
        return list(self.coupons)
