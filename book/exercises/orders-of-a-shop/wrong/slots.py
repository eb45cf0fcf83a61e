# advice: one for each order
import csv
from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Order:
    time: int
    city: str
    product: str
    price: float
    coupon: str | None


class Orders:
    def __init__(self, lines):
        rows = csv.reader(lines)
        next(rows)
        self.rows = [Order(int(t), c, p, float(n), k or None) for t, c, p, n, k in rows]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        return asdict(self.rows[i])

    def revenue(self, city):
        return sum(row.price for row in self.rows if row.city == city)

    def with_coupon(self):
        return [i for i, row in enumerate(self.rows) if row.coupon]
