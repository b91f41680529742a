"""Samples of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from xuequ.registry.schemas.calendar import (
    ClosureCommand,
    DaysApart,
    Holiday,
    HolidayNoticeCommand,
    MakeUpChoice,
    TermDates,
)
from xuequ.registry.states.calendar import ApartKind, ClosureReason, HolidayWeeks, Weekday

DAY, LAST = date(2026, 9, 7), date(2026, 9, 30)
MAKE_UP = date(2026, 9, 20)
TERM = TermDates(
    school_year=2026,
    number=1,
    first=date(2026, 9, 1),
    last=date(2027, 1, 15),
    holiday_weeks=HolidayWeeks.KEEP,
)
NOTICE = HolidayNoticeCommand(
    year=2027, holidays=(Holiday(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 3)),)
)
APART = DaysApart(kind=ApartKind.EXAM, first=DAY, last=DAY, name="月考")
CLOSURE = ClosureCommand(first=DAY, last=LAST, reason=ClosureReason.WEATHER, school="s1")


def term(door: Any) -> tuple[int, int, str]:
    """Return a term that is set, as school s1 asks for it."""
    maker(door).registry.calendar.set_term(TERM)
    return 2026, 1, "s1"


def make_up(door: Any) -> tuple[MakeUpChoice]:
    term(door)
    return (MakeUpChoice(day=MAKE_UP, follows_weekday=Weekday.FRIDAY),)


def apart_id(door: Any) -> int:
    return maker(door).registry.calendar.set_apart(APART).id


def closure_id(door: Any) -> int:
    return maker(door).registry.calendar.announce_closure(CLOSURE).id


SAMPLES: dict[str, Sample] = {
    "registry.calendar.day": lambda door: (DAY, "s1"),
    "registry.calendar.school_halves": lambda door: (DAY, LAST, "s1"),
    "registry.calendar.terms": lambda door: (2026, "s1"),
    "registry.calendar.term_days": term,
    "registry.calendar.weeks": term,
    "registry.calendar.notices": lambda door: (2026, "s1"),
    "registry.calendar.days_apart": lambda door: (DAY, LAST, "s1"),
    "registry.calendar.closures": lambda door: (DAY, LAST, "s1"),
    "registry.calendar.working_day_after": lambda door: (DAY, 5, "s1"),
    "registry.calendar.working_day_before": lambda door: (DAY, 5, "s1"),
    "registry.calendar.last_day_of_notice": lambda door: (DAY, 5, "s1"),
    "registry.calendar.count_working_days": lambda door: (DAY, LAST, "s1"),
    "registry.calendar.set_term": lambda door: (TERM,),
    "registry.calendar.notice_from_library": lambda door: (2026,),
    "registry.calendar.record_holiday_notice": lambda door: (NOTICE,),
    "registry.calendar.choose_make_up": make_up,
    "registry.calendar.set_apart": lambda door: (APART,),
    "registry.calendar.withdraw_apart": lambda door: (apart_id(door),),
    "registry.calendar.announce_closure": lambda door: (CLOSURE,),
    "registry.calendar.lift_closure": lambda door: (closure_id(door), DAY),
}
