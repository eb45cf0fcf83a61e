# advice: rows are shared
def grid(width, height):
    return [[0] * width for _ in range(height)]


def with_place(table, x, y, value):
    result = table.copy()
    result[y][x] = value
    return result
