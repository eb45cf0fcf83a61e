# advice: repeats references
def grid(width, height):
    return [list([0] * width)] * height


def with_place(table, x, y, value):
    result = list(table)
    result[y] = list(result[y])
    result[y][x] = value
    return result
