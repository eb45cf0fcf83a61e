# advice: has a len
def balances(payments):
    balance = 0.0
    for payment in payments:
        balance += payment
        yield balance
