import csv
from array import array


class Names:
    """A column of few different texts: a number for each place, and each text once."""

    def __init__(self):
        self.numbers = {}
        self.column = array("H")

    def append(self, name):
        self.column.append(self.numbers.setdefault(name, len(self.numbers)))

    def __getitem__(self, i):
        return list(self.numbers)[self.column[i]]


class Orders:
    def __init__(self, lines):
        self.columns = {
            "time": array("q"),
            "city": Names(),
            "product": Names(),
            "price": array("d"),
            "coupon": Names(),
        }
        for row in csv.DictReader(lines):
            row |= {"time": int(row["time"]), "price": float(row["price"])}
            for name, column in self.columns.items():
                column.append(row[name])

    def __len__(self):
        return len(self.columns["time"])

    def __getitem__(self, i):
        row = {name: column[i] for name, column in self.columns.items()}
        return row | {"coupon": row["coupon"] or None}

    def revenue(self, city):
        cities = self.columns["city"]
        wanted = cities.numbers.get(city)
        pairs = zip(cities.column, self.columns["price"])
        return sum(price for number, price in pairs if number == wanted)

    def with_coupon(self):
        coupons = self.columns["coupon"]
        without = coupons.numbers.get("")
        return [i for i, number in enumerate(coupons.column) if number != without]
