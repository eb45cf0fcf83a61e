# advice: copy row `y` alone
import copy


def grid(width, height):
    return [[0] * width for _ in range(height)]


def with_place(table, x, y, value):
    result = copy.deepcopy(table)
    result[y][x] = value
    return result
