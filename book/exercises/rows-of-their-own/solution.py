def grid(width, height):
    return [[0] * width for _ in range(height)]


def with_place(table, x, y, value):
    result = list(table)
    result[y] = list(result[y])
    result[y][x] = value
    return result
