"""Serial numbers of spreadsheets as days, and the formats that make a number one."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

LAST_SERIAL = 2_958_465
"""31 December 9999 in the system of 1900."""

_DAY_SECONDS = 86_400
_SINCE_1900, _SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FALSE_LEAP_DAY = 60
"""Lotus held 1900 for a leap year and Excel keeps to it: serial 60 is no day, those before are one off."""

BUILT_IN = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
"""Numbers of the formats for days and times that every workbook has; 27–36 and 50–58 are the Chinese ones.

46 is elapsed time, which is none.
"""

_NO_PART = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_OF_MOMENT = re.compile(r"[dmhys]", re.IGNORECASE)


def is_moment(form: str) -> bool:
    """Tell whether a number format shows a day or a time of day; elapsed time is neither.

    >>> [is_moment(form) for form in ('yyyy"年"m"月"d"日"', '0.00"s"', "[Red]0", "[h]:mm", "General")]
    [True, False, False, False, False]
    """
    first = _NO_PART.sub("", form).partition(";")[0]
    return not _ELAPSED.search(first) and _OF_MOMENT.search(first.replace("General", "")) is not None


@lru_cache(maxsize=16_384)
def moment(serial: float, since_1904: bool = False) -> date | datetime | time | float:
    """Return the day, moment or time of day of a serial number; the number itself when it is none.

    >>> moment(46266), moment(46266.5), moment(0.5), moment(60), moment(-1)
    (datetime.date(2026, 9, 1), datetime.datetime(2026, 9, 1, 12, 0), datetime.time(12, 0), 60, -1)
    """
    if not 0 <= serial < LAST_SERIAL + 1:
        return serial
    days, seconds = divmod(round(serial * _DAY_SECONDS), _DAY_SECONDS)
    of_day = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if days == 0 and not since_1904:
        return of_day
    if days == _FALSE_LEAP_DAY and not since_1904:
        return serial
    try:
        day = _day(days, since_1904)
    except OverflowError:
        return serial
    return datetime.combine(day, of_day) if seconds else day


def _day(days: int, since_1904: bool) -> date:
    if since_1904:
        return _SINCE_1904 + timedelta(days)
    return _SINCE_1900 + timedelta(days + (days < _FALSE_LEAP_DAY))
