"""Units of what the book measures, and how a figure is written in each.

`MiB` is 2**20 bytes and `KiB` 2**10; a power of ten never hides behind either name.
"""

from __future__ import annotations

KIB = 2**10
MIB = 2**20
GIB = 2**30

_DECIMALS = {
    "MiB": 1,
    "KiB": 1,
    "GiB": 1,
    "bytes": 0,
    "bytes each": 1,
    "count": 0,
    "s": 2,
    "µs": 2,
    "µs each": 2,
    "ms": 1,
    "times": 2,
    "copies": 2,
}
#: What a reader sees after the figure; a unit that is not here is written as it is named.
_SUFFIX = {"count": "", "times": "\N{MULTIPLICATION SIGN}", "fraction": "\N{NO-BREAK SPACE}%"}


def known(unit: str) -> bool:
    """Whether figures can be written in `unit`."""
    return unit in _DECIMALS or unit == "fraction"


def write(value: float, unit: str, *, signed: bool = False) -> str:
    """Write a figure as a reader wants it: `38.3 MiB`, `1,024 bytes`, `12 %`.

    Parameters
    ----------
    value
        The figure, in `unit`.
    unit
        One of the units above; a fraction is written in percent.
    signed
        Whether a figure above zero carries its plus sign.

    Raises
    ------
    ValueError
        If the unit is not one that the book uses.
    """
    number, suffix = _number(value, unit, signed=signed)
    return number + suffix


def digits(value: float, unit: str, *, signed: bool = False) -> str:
    """Write a figure without its unit, as `write` rounds it."""
    return _number(value, unit, signed=signed)[0]


def write_range(low: float, high: float, unit: str) -> str:
    """Write a spread, the unit once: `38.2 to 38.4 MiB`, or the one figure where both agree."""
    first, _ = _number(low, unit)
    last, suffix = _number(high, unit)
    return last + suffix if first == last else f"{first} to {last}{suffix}"


def _number(value: float, unit: str, *, signed: bool = False) -> tuple[str, str]:
    if not known(unit):
        raise ValueError(f"unknown unit {unit!r}; known: {', '.join([*_DECIMALS, 'fraction'])}")
    if unit == "fraction":
        value, decimals = value * 100, 0 if abs(value) >= 0.1 or abs(value) < 0.0005 else 1
    else:
        decimals = _DECIMALS[unit]
    if unit == "times" and abs(value) >= 20:
        decimals = 0
    if unit == "copies" and abs(value) >= 10:
        decimals = 1
    number = f"{value:+,.{decimals}f}" if signed else f"{value:,.{decimals}f}"
    if not number.strip("+-0.,"):  # a rounded zero carries no sign
        number = number.lstrip("+-")
    suffix = _SUFFIX.get(unit, f"\N{NO-BREAK SPACE}{unit}")
    return number.replace("-", "\N{MINUS SIGN}"), suffix
