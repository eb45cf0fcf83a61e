# advice: let `csv`
from array import array
from sys import intern


class Orders:
    def __init__(self, lines):
        lines = iter(lines)
        next(lines)
        self.times, self.cities, self.products = array("q"), [], []
        self.prices, self.coupons = array("d"), {}
        for i, line in enumerate(lines):
            time, city, product, price, coupon = line.rstrip("\n").split(",")
            self.times.append(int(time))
            self.cities.append(intern(city))
            self.products.append(intern(product))
            self.prices.append(float(price))
            if coupon:
                self.coupons[i] = coupon

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
