def grid(width, height):
    return [[0] * width] * height


def with_place(table, x, y, value):
    result = list(table)
    result[y][x] = value
    return result
