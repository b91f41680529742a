"""A year's holidays out of the library chinesecalendar, as a command that a person checks and records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from xuequ.core.extras import load
from xuequ.registry.errors.calendar import ImportYearUnknown
from xuequ.registry.rules.calendar import DAY
from xuequ.registry.schemas.calendar import Holiday, HolidayNoticeCommand

NEW_YEAR = "New Year's Day"
DECEMBER = 12


def notice_from_library(year: int) -> HolidayNoticeCommand:
    """Return the notice of a year as the installed version of the library has it.

    Its authority names the library and not the State Council, so that nobody takes it for a notice that
    was read.

    Raises:
        ImportYearUnknown: when the library does not know the year.
        ExtraMissing: when it is not installed.
    """
    library = load("chinese_calendar")
    off = _of_notice(year, library.holidays)
    if not off:
        raise ImportYearUnknown(year=year, last=max(library.holidays).year)
    return HolidayNoticeCommand(
        year=year,
        authority=f"chinesecalendar {library.__version__}（请核对通知原文）",
        holidays=tuple(_holidays(off, library.Holiday)),
        works=tuple(sorted(_of_notice(year, library.workdays))),
    )


def _of_notice(year: int, days: Mapping[date, str]) -> dict[date, str]:
    """Keep to one notice: New Year's days in December belong to the notice of the next year."""
    return {
        day: name
        for day, name in days.items()
        if day.year + (day.month == DECEMBER and name == NEW_YEAR) == year
    }


def _holidays(off: Mapping[date, str], names: Any) -> Iterator[Holiday]:
    """Put days of one name that follow each other together."""
    for (name, _), days in groupby(enumerate(sorted(off)), lambda at: (off[at[1]], at[1] - at[0] * DAY)):
        stretch = [day for _, day in days]
        yield Holiday(name=names(name).chinese, first=stretch[0], last=stretch[-1])
