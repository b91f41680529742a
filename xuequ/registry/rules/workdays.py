"""Pure decisions about working days 工作日: public notices and deadlines run on them."""

from __future__ import annotations

from datetime import date, timedelta

from xuequ.registry.rules.calendar import (
    Answer,
    Calendar,
    Provisional,
    each_day,
    is_weekend,
    local_holiday,
    missing_notices,
)


def is_working_day(calendar: Calendar, day: date) -> Answer[bool]:
    """Tell whether a day is a working day: Monday to Friday but for holidays, and make-up workdays.

    Terms and closures of schools have no say; a local festival with its day off has.

    Source: 《全国年节及纪念日放假办法》 and the State Council's yearly notice (调休上班日为工作日).
    """
    return Answer(_works(calendar, day), missing_notices(calendar, day))


def _works(calendar: Calendar, day: date) -> bool:
    notice = calendar.notice_for(day)
    if notice is not None:
        return day in notice.work
    return not is_weekend(day) and local_holiday(calendar, day) is None


def working_day_after(calendar: Calendar, start: date, count: int) -> Answer[date]:
    """Return the count-th working day after a day, which itself does not count; 0 gives the day back.

    Source: 《民法典》 art. 201 (按日计算期间的，开始的当日不计入，自下一日开始计算).
    """
    return _walk(calendar, start, count, timedelta(days=1))


def working_day_before(calendar: Calendar, start: date, count: int) -> Answer[date]:
    """Return the count-th working day before a day, which itself does not count; 0 gives the day back.

    Source: as `working_day_after`, read backwards; notice of a meeting is given so many days before it.
    """
    return _walk(calendar, start, count, timedelta(days=-1))


def _walk(calendar: Calendar, start: date, count: int, step: timedelta) -> Answer[date]:
    day, left, provisional = start, count, Provisional()
    while left:
        day += step
        provisional |= missing_notices(calendar, day)
        left -= _works(calendar, day)
    return Answer(day, provisional)


def last_of_working_days(calendar: Calendar, start: date, count: int) -> Answer[date]:
    """Return the last of `count` working days of which the first is `start`, or the first one after it.

    This is how a public notice 公示 says how long it hangs: it counts the day on which it goes up.

    Source: our decision; a notice names its first and its last day.
    """
    return working_day_after(calendar, start - timedelta(days=1), count)


def count_working_days(calendar: Calendar, since: date, until: date) -> Answer[int]:
    """Count the working days from `since` up to, but not with, `until`.

    Source: as `is_working_day`.
    """
    provisional, count = Provisional(), 0
    for day in each_day(since, until - timedelta(days=1)):
        provisional |= missing_notices(calendar, day)
        count += _works(calendar, day)
    return Answer(count, provisional)
