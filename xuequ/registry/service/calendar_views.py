"""Views of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from xuequ.core.standards import Standard
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.calendar import (
    DAY,
    Answer,
    Calendar,
    Day,
    Notice,
    Provisional,
    Term,
    each_day,
    look_up,
    missing_notices,
    parity_of,
    weeks_of,
)
from xuequ.registry.rules.calendar_counts import tally
from xuequ.registry.schemas.calendar import (
    ApartView,
    ClosureView,
    DayView,
    Holiday,
    NoticeView,
    TermDaysView,
    TermView,
    WeekView,
    WorkingDayView,
)
from xuequ.registry.service.calendar_reading import announced, notice_of, reopened, term_of
from xuequ.registry.states.calendar import ApartKind, ClosureReason, DayKind, Weekday


def day_view(day: Day) -> DayView:
    """Return a day."""
    return DayView(
        on=day.on,
        weekday=Weekday(day.on.isoweekday()),
        kind=day.kind,
        name=day.name,
        halves=tuple(sorted(day.halves)),
        term=day.term.name if day.term else None,
        week=day.week,
        follows_weekday=day.follows,
        parity=day.parity,
        undecided=day.undecided,
        provisional=str(day.provisional),
    )


def term_view(row: AnyRow, calendar: Calendar) -> TermView:
    """Return a term, with what is not known of its days."""
    term = term_of(row)
    return TermView(
        school_year=term.school_year,
        number=term.number,
        name=term.name,
        first=term.first,
        last=term.last,
        holiday_weeks=term.holiday_weeks,
        edition=row.edition,
        of_county=row.district_id is None,
        provisional=str(unknown_in(calendar, term.first, term.last)),
    )


def unknown_in(calendar: Calendar, first: date, last: date) -> Provisional:
    """Tell whose notices are missing for some days."""
    found = Provisional()
    for day in each_day(first, last):
        found |= missing_notices(calendar, day)
    return found


def term_days_view(calendar: Calendar, term: Term) -> TermDaysView:
    """Return the days of a term, counted."""
    found = tally(calendar, term.first, term.last)
    return TermDaysView(
        term=term.name,
        first=term.first,
        last=term.last,
        teaching_days=len(found.teaching),
        days=found.teaching,
        make_ups=found.kinds[DayKind.MAKE_UP],
        weekdays=dict(found.weekdays),
        followed=dict(found.followed),
        kinds=dict(found.kinds),
        undecided=found.undecided,
        provisional=str(found.provisional),
    )


def week_views(calendar: Calendar, term: Term) -> list[WeekView]:
    """Return the weeks of a term."""
    return [_week_view(calendar, *week) for week in weeks_of(calendar, term)]


def _week_view(calendar: Calendar, first: date, last: date, number: int | None) -> WeekView:
    days = [look_up(calendar, day) for day in each_day(first, last)]
    return WeekView(
        number=number,
        first=first,
        last=last,
        parity=parity_of(number),
        days=tuple(map(day_view, days)),
        **{Weekday(day.on.isoweekday()).name.lower(): _cell(day) for day in days},
    )


def _cell(day: Day) -> str:
    """Write a day as the grid prints it: 9, 20（补周五·单）, 1 国庆节."""
    text = str(day.on.day)
    if day.kind is DayKind.MAKE_UP:
        follows = f"补周{day.follows.label[-1]}" if day.follows else "补课待定"
        return f"{text}（{follows}{f'·{day.parity.label}' if day.parity else ''}）"
    if day.kind in (DayKind.TEACHING, DayKind.WEEKEND, DayKind.VACATION):
        return text
    return f"{text} {day.name or day.kind.label}"


def recorded_notice_view(days: list[AnyRow]) -> NoticeView:
    """Return a recorded edition of a notice."""
    row = days[0]
    return NoticeView(
        year=row.year,
        number=row.number,
        authority=row.authority,
        edition=row.edition,
        of_county=row.district_id is None,
        holidays=_holidays(notice_of(days)),
        works=tuple(sorted(notice_of(days).work)),
    )


def pack_notice_view(notice: Notice, entry: Standard) -> NoticeView:
    """Return the notice that comes with the library."""
    return NoticeView(
        year=notice.year,
        number="",
        authority=entry.authority,
        edition=0,
        of_county=False,
        holidays=_holidays(notice),
        works=tuple(sorted(notice.work)),
    )


def _holidays(notice: Notice) -> tuple[Holiday, ...]:
    return tuple(
        Holiday(name=notice.off[days[0]], first=days[0], last=days[-1]) for days in stretches(notice)
    )


def stretches(notice: Notice) -> Iterator[list[date]]:
    """Cut the days off where the name changes or a day lies between."""
    days = sorted(notice.off)
    stretch = days[:1]
    for before, day in pairwise(days):
        if day - before > DAY or notice.off[day] != notice.off[before]:
            yield stretch
            stretch = []
        stretch.append(day)
    yield stretch


def apart_view(row: AnyRow, calendar: Calendar) -> ApartView:
    """Return days set apart."""
    return ApartView(
        id=row.id,
        kind=ApartKind(row.kind),
        first=row.first_day,
        last=row.last_day,
        name=row.name,
        authority=row.authority,
        school=row.school,
        of_county=row.district_id is None,
        provisional=str(unknown_in(calendar, row.first_day, row.last_day)),
    )


def closure_view(row: AnyRow, calendar: Calendar) -> ClosureView:
    """Return a closure."""
    lifted = reopened(row)
    return ClosureView(
        id=row.id,
        school=row.school,
        announced=str(announced(row)),
        reason=ClosureReason(row.reason),
        note=row.note,
        reopened=str(lifted) if lifted else None,
        of_county=row.district_id is None,
        provisional=str(unknown_in(calendar, row.first_day, row.last_day)),
    )


def working_day_view(answer: Answer[date]) -> WorkingDayView:
    """Return a day reckoned in working days."""
    return WorkingDayView(day=answer.value, provisional=str(answer.provisional))


def undecided_in(weeks: Iterable[WeekView]) -> tuple[date, ...]:
    """Return the make-up days of which nobody has decided whose timetable they follow."""
    return tuple(day.on for week in weeks for day in week.days if "follows_weekday" in day.undecided)
