def balances(payments):
    after = [0.0] * len(payments)  # room for all of them, from the start
    balance = 0.0
    for i, payment in enumerate(payments):
        balance += payment
        after[i] = balance
    return after
