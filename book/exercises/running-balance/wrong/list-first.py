# advice: something larger beside it
from array import array


def balances(payments):
    after = [0.0] * len(payments)
    balance = 0.0
    for i, payment in enumerate(payments):
        balance += payment
        after[i] = balance
    return array("d", after)
