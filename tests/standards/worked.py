"""What the worked examples share: the day, the place, and exact figures out of tables."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from xuequ.core.standards import Scalar
from xuequ.standards.national import national

TODAY = date(2026, 11, 24)
HERE = national("530921/qianfeng")


def ratio(value: Scalar) -> Fraction:
    """Return a cell of a table as an exact figure."""
    assert isinstance(value, int | Fraction) and not isinstance(value, bool)
    return Fraction(value)


def days(first: date, last: date) -> list[date]:
    """Return every day from one to another, both included."""
    return [first + timedelta(number) for number in range((last - first).days + 1)]
