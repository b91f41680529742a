"""Pure decisions about what may be written into the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.halfdays import HalfDay, HalfDaySpan
from xuequ.registry.errors.calendar import (
    ApartOnDayOff,
    ClosureNeedless,
    DaysUncountable,
    FollowsWeekend,
    LiftedOutside,
    NoticeDayOutside,
    NoticeDayTwice,
    NoticeEmpty,
    NoticeMissing,
    NoticeWorksWeekday,
    NotMakeUpDay,
    TermMissing,
    TermOutOfOrder,
    TermOutsideYear,
    TermOverlaps,
)
from xuequ.registry.rules.calendar import (
    Apart,
    Calendar,
    Provisional,
    Term,
    each_day,
    is_weekend,
    known_of,
    ordinary_kind,
    school_runs,
)
from xuequ.registry.states.calendar import ApartKind, DayKind, Weekday

MOST_DAYS = 1000
"""No deadline is longer; a longer one is a slip of the finger."""


def check_exact(provisional: Provisional) -> list[Problem]:
    """Refuse to go on where an exact answer is needed and something is not known.

    Source: our decision: a year without its notice is never guessed at.
    """
    found = [Problem(NoticeMissing(year=year)) for year in sorted(provisional.years)]
    return found + [Problem(TermMissing(school_year=year)) for year in sorted(provisional.school_years)]


def check_term(term: Term, others: Iterable[Term]) -> list[Problem]:
    """Refuse a term outside its school year, one that shares a day with another, or not in their order.

    The autumn term may begin some days before 1 September; a term begins and ends in the two calendar
    years of its school year.

    Source: our decision.
    """
    found: list[Problem] = []
    place = (term.school_year, term.number)
    years = (term.school_year, term.school_year + 1)
    if term.first.year not in years or term.last.year not in years:
        error = TermOutsideYear(term=term.name, first=str(term.first), last=str(term.last))
        found.append(Problem(error))
    for other in others:
        if other.first <= term.last and term.first <= other.last:
            found.append(Problem(TermOverlaps(term=term.name, other=other.name)))
        elif (other.first < term.first) != ((other.school_year, other.number) < place):
            found.append(Problem(TermOutOfOrder(term=term.name, other=other.name)))
    return found


def expand(holidays: Iterable[tuple[str, date, date]]) -> list[tuple[date, str]]:
    """Return every day off of holidays given by name, first and last day; one named twice comes twice.

    Source: the form of the State Council's yearly notices.
    """
    return [(day, name) for name, first, last in holidays for day in each_day(first, last)]


def check_notice(year: int, off: Sequence[date], work: Sequence[date]) -> list[Problem]:
    """Refuse a notice that names a day twice, works on a plain weekday, or speaks of another year.

    New Year's holiday may begin in December of the year before.

    Source: 《全国年节及纪念日放假办法》 and the form of the State Council's yearly notices.
    """
    found: list[Problem] = [] if off else [Problem(NoticeEmpty(year=year))]
    seen: set[date] = set()
    for day in (*off, *work):
        if day in seen:
            found.append(Problem(NoticeDayTwice(day=str(day))))
        seen.add(day)
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            found.append(Problem(NoticeDayOutside(year=year, day=str(day))))
    found += [Problem(NoticeWorksWeekday(day=str(day))) for day in work if not is_weekend(day)]
    return found


def check_make_up(calendar: Calendar, day: date, follows: Weekday) -> list[Problem]:
    """Refuse a timetable for a day that is no make-up day of a term, or that follows a weekend.

    Source: domain rules B §2.2 (调休 with follows_weekday, chosen by the district).
    """
    found = check_exact(known_of(calendar, day))
    kind, _ = ordinary_kind(calendar, day)
    if not found and kind is not DayKind.MAKE_UP:
        found.append(Problem(NotMakeUpDay(day=str(day), kind=kind.label)))
    if follows >= Weekday.SATURDAY:
        found.append(Problem(FollowsWeekend(day=str(day), weekday=follows.label)))
    return found


def check_apart(calendar: Calendar, apart: Apart) -> list[Problem]:
    """Refuse an exam or event on a holiday or in the vacation; a weekend is allowed.

    Source: our decision.
    """
    if apart.kind is ApartKind.LOCAL_HOLIDAY:
        return []
    off = (DayKind.HOLIDAY, DayKind.LOCAL_HOLIDAY, DayKind.VACATION)
    kinds = ((day, ordinary_kind(calendar, day)[0]) for day in each_day(apart.first, apart.last))
    return [Problem(ApartOnDayOff(day=str(day), kind=kind.label)) for day, kind in kinds if kind in off]


def check_count(count: int, least: int = 0) -> list[Problem]:
    """Refuse a number of working days that is less than there can be, or longer than any deadline.

    Source: our decision.
    """
    if least <= count <= MOST_DAYS:
        return []
    return [Problem(DaysUncountable(count=count, least=least, most=MOST_DAYS))]


def check_closure(calendar: Calendar, span: HalfDaySpan) -> list[Problem]:
    """Refuse a closure on which no school would run anyway.

    Source: our decision.
    """
    if any(half.half in school_runs(calendar, half.day) for half in span):
        return []
    return [Problem(ClosureNeedless(span=str(span)))]


def check_lifting(span: HalfDaySpan | None, announced: HalfDaySpan, reopened: HalfDay) -> list[Problem]:
    """Refuse to lift a closure from a half-day that it does not hold.

    Args:
        span: what is still closed; None when it was lifted from its very beginning.
        announced: what was announced.

    Source: our decision.
    """
    if span is not None and reopened in span:
        return []
    return [Problem(LiftedOutside(from_=str(reopened), span=str(span or announced)))]
