import csv


class Orders:
    def __init__(self, lines):
        self.rows = list(csv.DictReader(lines))
        for row in self.rows:
            row["time"] = int(row["time"])
            row["price"] = float(row["price"])
            row["coupon"] = row["coupon"] or None

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        return self.rows[i]

    def revenue(self, city):
        return sum(row["price"] for row in self.rows if row["city"] == city)

    def with_coupon(self):
        return [i for i, row in enumerate(self.rows) if row["coupon"]]
