"""The calendar 2026–2027 of the example.

The holiday notice is the State Council's for 2026; that of 2027 was not out when this was written, so the
days of 2027 are answered as provisional. Terms (20 and 19 weeks, together the 39 of the national curriculum
plan), make-up timetables, exams and events are invented, as the notes of the rows say where there are any.
"""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Command
from xuequ.registry.schemas.books.calendar import DaysApartRow, MakeUpRow, NoticeRow
from xuequ.registry.schemas.calendar import TermDates
from xuequ.registry.states.calendar import ApartKind, HolidayWeeks, NoticeDay, TimetableDay

INVENTED = "示例拟定"


def terms() -> list[TermDates]:
    """Return the two terms of the school year 2026."""
    spans = ((date(2026, 9, 1), date(2027, 1, 15)), (date(2027, 3, 1), date(2027, 7, 9)))
    return [
        TermDates(school_year=2026, number=number, first=first, last=last, holiday_weeks=HolidayWeeks.KEEP)
        for number, (first, last) in enumerate(spans, 1)
    ]


def notice() -> list[NoticeRow]:
    """Return the holidays of 2026 and the weekend days that are worked for them."""
    holidays = (
        ("元旦", (1, 1), (1, 3)),
        ("春节", (2, 15), (2, 23)),
        ("清明节", (4, 4), (4, 6)),
        ("劳动节", (5, 1), (5, 5)),
        ("端午节", (6, 19), (6, 21)),
        ("中秋节", (9, 25), (9, 27)),
        ("国庆节", (10, 1), (10, 7)),
    )
    works = ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
    off = [(NoticeDay.OFF, name, date(2026, *first), date(2026, *last)) for name, first, last in holidays]
    worked = [(NoticeDay.WORK, "", day, day) for day in (date(2026, *work) for work in works)]
    return [
        NoticeRow(year=2026, kind=kind, name=name, first=first, last=last, authority="国务院办公厅")
        for kind, name, first, last in (*off, *worked)
    ]


def make_ups() -> list[MakeUpRow]:
    """Return whose timetable the two make-up days of the autumn follow: the last days of the holiday."""
    return [
        MakeUpRow(day=date(2026, 9, 20), follows=TimetableDay.TUESDAY),
        MakeUpRow(day=date(2026, 10, 10), follows=TimetableDay.WEDNESDAY),
    ]


def apart() -> list[DaysApartRow]:
    """Return the district's exams and events: those that the report names, on invented days."""
    days = (
        (ApartKind.EVENT, date(2026, 11, 5), date(2026, 11, 6), "小学生运动会"),
        (ApartKind.EXAM, date(2027, 1, 14), date(2027, 1, 15), "第一学期期末统一检测"),
        (ApartKind.EVENT, date(2027, 6, 1), date(2027, 6, 1), "六一儿童节活动"),
        (ApartKind.EXAM, date(2027, 7, 8), date(2027, 7, 9), "第二学期期末统一检测"),
    )
    return [
        DaysApartRow(kind=kind, first=first, last=last, name=name, authority=INVENTED)
        for kind, first, last, name in days
    ]


def invent() -> dict[str, list[Command]]:
    """Return the rows of every sheet."""
    return {
        "terms": [*terms()],
        "notices": [*notice()],
        "make_ups": [*make_ups()],
        "apart": [*apart()],
        "closures": [],
    }
