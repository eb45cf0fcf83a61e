# advice: numbers as objects
import csv


class Orders:
    def __init__(self, lines):
        names = {}
        rows = csv.reader(lines)
        next(rows)
        self.times, self.cities, self.products, self.prices, self.coupons = [], [], [], [], []
        for time, city, product, price, coupon in rows:
            self.times.append(int(time))
            self.cities.append(names.setdefault(city, city))
            self.products.append(names.setdefault(product, product))
            self.prices.append(float(price))
            self.coupons.append(coupon or None)

    def __len__(self):
        return len(self.times)

    def __getitem__(self, i):
        return {
            "time": self.times[i],
            "city": self.cities[i],
            "product": self.products[i],
            "price": self.prices[i],
            "coupon": self.coupons[i],
        }

    def revenue(self, city):
        return sum(price for name, price in zip(self.cities, self.prices) if name == city)

    def with_coupon(self):
        return [i for i, coupon in enumerate(self.coupons) if coupon]
