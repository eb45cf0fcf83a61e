from array import array


def balances(payments):
    after = array("d", [0.0]) * len(payments)  # now it is: a number in each place
    balance = 0.0
    for i, payment in enumerate(payments):
        balance += payment
        after[i] = balance
    return after
