"""A small drawing of a figure against its bound: the range that is claimed, and what was measured.

It says nothing that the words beside it do not say, and is hidden from who cannot see it.
"""

from __future__ import annotations

from book_kit.evidence.claims import Bound
from book_kit.evidence.quantity import Measurement

#: The drawing: its width and the middle of its height, as its `viewBox` has them.
_WIDTH, _MIDDLE = 100, 6
#: How much of a span is drawn beyond its ends.
_MARGIN = 0.15


def against_bound(measured: Measurement, bound: Bound) -> str:
    """Draw a figure against its bound.

    Returns
    -------
    str
        An SVG of three paths: the line that both lie on, the range that is claimed, and the range
        of the repeats, which is a point where they agree.
    """
    low, high = _span(measured, bound)

    def at(value: float) -> float:
        return round(_WIDTH * (value - low) / (high - low))

    begin = 0 if bound.low is None else at(bound.low)
    end = _WIDTH if bound.high is None else at(bound.high)
    first, last = at(measured.low), at(measured.high)
    return (
        f'<svg class="bound" viewBox="0 0 {_WIDTH} {2 * _MIDDLE}" aria-hidden="true">'
        f'<path d="M0 {_MIDDLE}H{_WIDTH}"/>'
        f'<path d="M{begin} {_MIDDLE}H{end}"/>'
        f'<path d="M{first} {_MIDDLE}H{last}"/></svg>'
    )


def _span(measured: Measurement, bound: Bound) -> tuple[float, float]:
    """Return the values at both ends of the line.

    A bound with one end is seen from zero.
    """
    ends = [end for end in (bound.low, bound.high) if end is not None]
    shown = [measured.low, measured.high, *ends, *([0.0] if len(ends) == 1 else [])]
    low, high = min(shown), max(shown)
    margin = (high - low) * _MARGIN or 1.0
    return low - margin, high + margin
