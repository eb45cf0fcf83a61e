def balances(payments):
    after = memoryview(bytearray(8 * len(payments))).cast("d")
    balance = 0.0
    for i, payment in enumerate(payments):
        balance += payment
        after[i] = balance
    return after
