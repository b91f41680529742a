"""Hypothesis strategies for the library's values; needs hypothesis."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan

EARLIEST, LATEST = date(2000, 1, 1), date(2060, 12, 31)


def days() -> st.SearchStrategy[date]:
    """Days from 2000 to 2060."""
    return st.dates(EARLIEST, LATEST)


def moneys(least: int = -(10**12), most: int = 10**12) -> st.SearchStrategy[Money]:
    """Amounts between two numbers of fen."""
    return st.integers(least, most).map(Money)


def day_spans() -> st.SearchStrategy[DaySpan]:
    """Spans of days, some of which go on."""

    def closed(since: date, length: int) -> DaySpan:
        return DaySpan(since, since + timedelta(length))

    return st.builds(closed, days(), st.integers(1, 900)) | days().map(DaySpan)


def half_days() -> st.SearchStrategy[HalfDay]:
    """Half-days."""
    return st.builds(HalfDay, days(), st.sampled_from(Half))


def half_day_spans() -> st.SearchStrategy[HalfDaySpan]:
    """Spans of at most sixty half-days."""

    def span(first: HalfDay, length: int) -> HalfDaySpan:
        return HalfDaySpan(first, HalfDay.at(first.index + length))

    return st.builds(span, half_days(), st.integers(1, 60))


def names() -> st.SearchStrategy[str]:
    """Names that a person may bear: any letters, also beyond the Basic Multilingual Plane."""
    rare = st.sampled_from(["𠮷田", "㛃", "𬱖", "阿依古丽·买买提", "O'Neil", "王　芳"])
    letters = st.characters(categories=("Lo", "Lu", "Ll"))
    return rare | st.text(letters, min_size=1, max_size=20)
