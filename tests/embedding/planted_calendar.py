"""Defects of the calendar, planted past its service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from xuequ import District
from xuequ.registry.schemas.calendar import DaysApart, Holiday, HolidayNoticeCommand, MakeUpChoice, TermDates
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.states.calendar import ApartKind, HolidayWeeks, Weekday
from xuequ.testing.factories import MAKER, SETTINGS

FIRST, LAST, EXAM = date(2026, 9, 1), date(2027, 1, 15), date(2026, 11, 5)
SPRING = date(2027, 3, 1), date(2027, 7, 9)


def _calendar(session: Session) -> CalendarService:
    """Return the calendar of a district with one term."""
    door = District(session, "530921/qianfeng", actor=MAKER, settings=SETTINGS)
    keep = HolidayWeeks.KEEP
    calendar = door.registry.calendar
    calendar.set_term(TermDates(school_year=2026, number=1, first=FIRST, last=LAST, holiday_weeks=keep))
    return calendar


def terms_overlap(session: Session) -> None:
    first, last = SPRING
    _calendar(session).set_term(
        TermDates(school_year=2026, number=2, first=first, last=last, holiday_weeks=HolidayWeeks.KEEP)
    )
    session.execute(text("UPDATE xq_registry_term SET first_day = '2027-01-15' WHERE number = 2"))


def make_up_astray(session: Session) -> None:
    choice = MakeUpChoice(day=date(2026, 10, 10), follows_weekday=Weekday.FRIDAY)
    _calendar(session).choose_make_up(choice)
    session.execute(text("UPDATE xq_registry_make_up_day SET day = '2026-10-11'"))


def exam_on_a_holiday(session: Session) -> None:
    _calendar(session).set_apart(DaysApart(kind=ApartKind.EXAM, first=EXAM, last=EXAM, name="月考"))
    session.execute(
        text("UPDATE xq_registry_apart_days SET first_day = '2026-10-01', last_day = '2026-10-01'")
    )


def notice_without_days(session: Session) -> None:
    new_year = Holiday(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 3))
    _calendar(session).record_holiday_notice(HolidayNoticeCommand(year=2027, holidays=(new_year,)))
    session.execute(text("DELETE FROM xq_registry_holiday_day"))


PLANTED: dict[str, Callable[[Session], None]] = {
    "registry.terms_fit": terms_overlap,
    "registry.make_ups_fit": make_up_astray,
    "registry.days_apart_fit": exam_on_a_holiday,
    "registry.notices_are_whole": notice_without_days,
}
