# advice: an object of its own
def balances(payments):
    after = []
    balance = 0.0
    for payment in payments:
        balance += payment
        after.append(balance)
    return after
