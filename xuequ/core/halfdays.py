"""Half-days 半天: the unit in which leave, duty and cover are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from xuequ.core.errors import SpanBackwards

NOON = time(12)


class Half(IntEnum):
    """The two halves of a day 上午 / 下午."""

    AM = 0
    PM = 1

    @property
    def label(self) -> str:
        """The Chinese name."""
        return "上午" if self is Half.AM else "下午"


@dataclass(frozen=True, order=True, slots=True)
class HalfDay:
    """One half of one day.

    >>> print(HalfDay(date(2026, 9, 4), Half.PM).next())
    2026-09-05 上午
    """

    day: date
    half: Half

    @classmethod
    def of(cls, moment: datetime, noon: time = NOON) -> HalfDay:
        """Return the half-day in which a local clock time lies; noon itself is afternoon."""
        return cls(moment.date(), Half.AM if moment.time() < noon else Half.PM)

    @property
    def index(self) -> int:
        """Half-days since the first day of the calendar: neighbours differ by one."""
        return self.day.toordinal() * 2 + int(self.half)

    @classmethod
    def at(cls, index: int) -> HalfDay:
        """Return the half-day with that `index`."""
        return cls(date.fromordinal(index // 2), Half(index % 2))

    def next(self) -> HalfDay:
        """Return the half-day that follows."""
        return self.at(self.index + 1)

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.half.label}"


@dataclass(frozen=True, slots=True)
class HalfDaySpan:
    """Half-days from `since` up to, but not with, `until`.

    Raises:
        SpanBackwards: when it would hold no half-day.
    """

    since: HalfDay
    until: HalfDay

    def __post_init__(self) -> None:
        if self.until <= self.since:
            raise SpanBackwards(since=str(self.since), until=str(self.until))

    @classmethod
    def through(cls, first: HalfDay, last: HalfDay) -> HalfDaySpan:
        """Make the span that holds both its first and its last half-day, as forms write it."""
        if last < first:
            raise SpanBackwards(since=str(first), until=str(last))
        return cls(first, last.next())

    @classmethod
    def touched(cls, begin: datetime, end: datetime, noon: time = NOON) -> HalfDaySpan:
        """Make the span of the half-days that a stretch of clock time touches.

        From 10:30 to 14:30 touches two; ending at noon exactly does not touch the afternoon.
        """
        if end <= begin:
            raise SpanBackwards(since=begin.isoformat(" "), until=end.isoformat(" "))
        return cls.through(HalfDay.of(begin, noon), HalfDay.of(end - timedelta(microseconds=1), noon))

    def __len__(self) -> int:
        return self.until.index - self.since.index

    def __iter__(self) -> Iterator[HalfDay]:
        return map(HalfDay.at, range(self.since.index, self.until.index))

    def __contains__(self, half_day: HalfDay) -> bool:
        return self.since <= half_day < self.until

    @property
    def last(self) -> HalfDay:
        """The last half-day that is inside."""
        return HalfDay.at(self.until.index - 1)

    def overlaps(self, other: HalfDaySpan) -> bool:
        """Tell whether the two share a half-day."""
        return self.since < other.until and other.since < self.until

    def __str__(self) -> str:
        return f"{self.since} 至 {self.last}"
