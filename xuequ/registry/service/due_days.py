"""The calendar by which working days of a deadline are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.standards import Standards
from xuequ.registry.rules.calendar import Calendar, Notice, each_day
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.states.calendar import NoticeDay

NOTICES = "calendar.holidays"


def working_calendar(context: Context, around: date) -> Calendar:
    """Return what is known of holidays and make-up days in the year of a day and the next one.

    A year of which nothing is known is left out, and answers that need it are provisional.
    """
    standards = context.standards
    years = (around.year, around.year + 1)
    notices = {year: notice for year in years for notice in _notices(standards, year)}
    return Calendar(Schooling.of(standards, around), notices=notices)


def _notices(standards: Standards, year: int) -> Iterator[Notice]:
    """Yield the notice of a year, if there is one."""
    entry = standards.find(NOTICES, on=date(year, 1, 1))
    value: Any = entry.value if entry is not None else ()
    spans: list[Mapping[str, Any]] = [row for row in value if row["first"].year == year]
    off: dict[date, str] = {}
    work: set[date] = set()
    for span in spans:
        days = each_day(span["first"], span["last"])
        if span["kind"] == NoticeDay.OFF:
            off |= {day: str(span["name"]) for day in days}
        else:
            work |= set(days)
    if spans:
        yield Notice(year, off, frozenset(work))
