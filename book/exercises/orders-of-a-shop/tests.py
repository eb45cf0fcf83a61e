"""What orders answer, and a year of them."""

import gc
from types import FunctionType, ModuleType

NUMBER = 100_000
HEAD = "time,city,product,price,coupon\n"
FEW = (
    HEAD,
    "1767225600,Oslo,chair,49.99,\n",
    '1767225655,"Paris, Texas",lamp,20.01,SPRING\n',
    "4000000000,Oslo,lamp,0.1,\n",
    "4000000001,Łódź,chair,49.99,WELCOME5\n",
)


def prepare():
    return {"number": NUMBER}


def work(answer, number):
    orders = answer.Orders(_lines(number))
    found = len(orders), orders[number // 2]["price"], len(orders.with_coupon())
    assert found == (number, 5.25 + number // 2 % 997, number // 50), "A long file is read wrong"
    return orders.revenue("city number 7")


def test_quoted_cell(answer):
    _orders(answer, FEW[:2])
    try:
        city = _orders(answer, [HEAD, FEW[2]])[0]["city"]
    except ValueError:
        city = None
    assert city == "Paris, Texas", "A cell may be quoted, with a comma in it: let `csv` do that"


def test_orders(answer):
    orders = _orders(answer, FEW)
    assert len(orders) == 4, "len(orders) is the number of orders, without the line of names"
    expected = {
        "time": 1767225600,
        "city": "Oslo",
        "product": "chair",
        "price": 49.99,
        "coupon": None,
    }
    assert orders[0] == expected, f"orders[0] is {expected}, not {orders[0]}"
    assert orders[2]["time"] == 4000000000, "Times may be larger than a signed number of 32 bits"
    assert orders[3]["city"] == "Łódź", "A city may have any letters"
    assert [orders[i]["coupon"] for i in range(4)] == [None, "SPRING", None, "WELCOME5"], (
        "The coupon of an order is a text, or None where there is none"
    )


def test_types(answer):
    orders = _orders(answer, FEW)
    assert type(orders[1]["time"]) is int, "The time of an order is an int"
    assert type(orders[1]["price"]) is float, "The price of an order is a float"


def test_revenue(answer):
    orders = _orders(answer, FEW)
    assert abs(orders.revenue("Oslo") - 50.09) < 1e-9, "The revenue of Oslo is 49.99 + 0.1"
    assert orders.revenue("Rome") == 0, "A city without orders has a revenue of 0"


def test_with_coupon(answer):
    assert list(_orders(answer, FEW).with_coupon()) == [1, 3], (
        "with_coupon() returns the numbers of the orders that have a coupon: here 1 and 3"
    )


def test_no_orders(answer):
    orders = _orders(answer, [HEAD])
    found = len(orders), orders.revenue("Oslo"), list(orders.with_coupon())
    assert found == (0, 0, []), "A file with the line of names alone has no orders"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    held = _held_by(names["Orders"](_lines(1_000)))
    kinds = [type(it) for it in held]
    often = max(set(kinds) - {str, bytes, int, float}, key=kinds.count)
    if kinds.count(often) >= 1_000:
        return (
            f"1,000 orders are {kinds.count(often):,} objects of type {often.__name__}, one for "
            "each order at the least, whose values are objects besides: keep columns."
        )
    texts = [it for it in held if isinstance(it, str | bytes)]
    if sum(len(it) > 3 and it[:1] in "0123456789" for it in texts if isinstance(it, str)) > 900:
        return "For each order a number is kept as a text: make it a number before you keep it."
    names_of = [it for it in texts if it[:4] in ("city", "prod", b"city", b"prod")]
    if len(names_of) > 2 * len(set(names_of)):
        return (
            f"1,000 orders hold {len(names_of):,} names of cities and products, and there are only "
            f"{len(set(names_of))} different texts among them: let equal texts be one object."
        )
    numbers = kinds.count(int) + kinds.count(float)
    if numbers >= 1_000:
        return (
            f"1,000 orders hold {numbers:,} numbers as objects, each with a header: which sequence "
            "holds the numbers themselves?"
        )
    return (
        "The orders that stay are small. But while they are made, is there something that holds "
        "all lines, or all rows?"
    )


def _lines(number):
    yield HEAD
    for i in range(number):
        coupon = f"C{i}" if i % 50 == 0 else ""
        price = 5.25 + i % 997
        city, product = i * 7 % 40, i * i % 401
        yield f"{1_767_225_600 + 61 * i},city number {city},product {product},{price},{coupon}\n"


def _orders(answer, lines):
    return answer.Orders(iter(lines))


def _held_by(thing):
    """Return whatever can be reached from a thing, each object once."""
    held, waiting = {}, [thing]
    while waiting:
        thing = waiting.pop()
        if id(thing) in held or isinstance(thing, type | ModuleType | FunctionType):
            continue
        held[id(thing)] = thing
        waiting += gc.get_referents(thing)
        if isinstance(thing, dict):
            waiting += thing  # a dict whose keys are all texts does not show them
    return list(held.values())
