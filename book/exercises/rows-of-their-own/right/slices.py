def grid(width, height):
    rows = []
    while len(rows) < height:
        rows.append([0 for _ in range(width)])
    return rows


def with_place(table, x, y, value):
    row = table[y]
    changed = [*row[:x], value, *row[x + 1 :]]
    return [*table[:y], changed, *table[y + 1 :]]
