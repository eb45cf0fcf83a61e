import csv
from struct import Struct

ROW = Struct("<qHHd")


class Orders:
    def __init__(self, lines):
        self.names = {}  # of cities and products: the number of each
        self.coupons = {}
        self.packed = bytearray()
        for i, row in enumerate(csv.DictReader(lines)):
            city, product = self.number(row["city"]), self.number(row["product"])
            self.packed += ROW.pack(int(row["time"]), city, product, float(row["price"]))
            if row["coupon"]:
                self.coupons[i] = row["coupon"]
        self.texts = list(self.names)

    def number(self, name):
        return self.names.setdefault(name, len(self.names))

    def __len__(self):
        return len(self.packed) // ROW.size

    def __getitem__(self, i):
        if not 0 <= i < len(self):
            raise IndexError(i)
        time, city, product, price = ROW.unpack_from(self.packed, i * ROW.size)
        row = {"time": time, "city": self.texts[city], "product": self.texts[product]}
        return row | {"price": price, "coupon": self.coupons.get(i)}

    def revenue(self, city):
        wanted = self.names.get(city)
        return sum(price for _, at, _, price in ROW.iter_unpack(self.packed) if at == wanted)

    def with_coupon(self):
        return list(self.coupons)
