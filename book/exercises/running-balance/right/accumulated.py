from array import array
from itertools import accumulate


def balances(payments):
    return array("d", accumulate(payments))
