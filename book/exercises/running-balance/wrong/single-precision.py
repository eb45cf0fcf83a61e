# advice: seven digits
from array import array


def balances(payments):
    after = array("f", [0.0]) * len(payments)
    balance = 0.0
    for i, payment in enumerate(payments):
        balance += payment
        after[i] = balance
    return after
