"""Spans of days 起止日期: half-open, so that one that ends and one that begins never share a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.errors import SpanBackwards


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days from `since` up to, but not with, `until`; no `until` means that it goes on.

    Raises:
        SpanBackwards: when it would hold no day.

    >>> term = DaySpan.through(date(2026, 9, 1), date(2027, 1, 15))
    >>> date(2027, 1, 15) in term, date(2027, 1, 16) in term
    (True, False)
    """

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise SpanBackwards(since=str(self.since), until=str(self.until))

    @classmethod
    def through(cls, first: date, last: date) -> DaySpan:
        """Make the span that holds both its first and its last day, as forms write it."""
        if last < first:
            raise SpanBackwards(since=str(first), until=str(last))
        return cls(first, last + timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def last_day(self) -> date | None:
        """The last day that is inside, which is what forms print; None while it goes on."""
        return None if self.until is None else self.until - timedelta(days=1)

    def overlaps(self, other: DaySpan) -> bool:
        """Tell whether the two share a day."""
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )

    def meets(self, other: DaySpan) -> bool:
        """Tell whether this one ends just where the other begins."""
        return self.until == other.since

    def common(self, other: DaySpan) -> DaySpan | None:
        """Return the days that both hold, or None."""
        if not self.overlaps(other):
            return None
        ends = [until for until in (self.until, other.until) if until is not None]
        return DaySpan(max(self.since, other.since), min(ends) if ends else None)

    def __str__(self) -> str:
        return f"{self.since} 至 {self.last_day or '今'}"


def first_overlap(spans: Iterable[DaySpan]) -> tuple[DaySpan, DaySpan] | None:
    """Return the first two spans, by their beginning, that share a day."""
    before: DaySpan | None = None
    for span in sorted(spans, key=lambda s: s.since):
        if before is not None and before.overlaps(span):
            return before, span
        before = span
    return None


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where it is shorter.

    Source: 《民法典》 art. 202 (没有对应日的，月末日为期间的最后一日).

    >>> months_later(date(2024, 2, 29), 12), months_later(date(2026, 8, 31), 6)
    (datetime.date(2025, 2, 28), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
