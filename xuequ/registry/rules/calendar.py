"""Pure decisions about the calendar: what a day is, which timetable it follows, teaching weeks.

Everything asks a frozen `Calendar`. A year whose holiday notice is not known is never guessed at: the
answer follows plain weekdays and says so, by a `Provisional` that names what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Generic, TypeVar

from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.registry.rules.classes import Schooling, school_year
from xuequ.registry.states.calendar import ApartKind, DayKind, HolidayWeeks, Parity, Weekday

T = TypeVar("T", covariant=True)
DAY = timedelta(days=1)
BOTH = frozenset(Half)
NEITHER: frozenset[Half] = frozenset()


def term_name(school_year: int, number: int) -> str:
    """Return what a term is called.

    >>> term_name(2026, 1)
    '2026–2027学年第一学期'

    Source: as school calendars print it.
    """
    return f"{school_year}–{school_year + 1}学年第{'一二'[number - 1] if number in (1, 2) else number}学期"


@dataclass(frozen=True, slots=True)
class Term:
    """One term 学期: the first is the autumn's. It says what becomes of the number of a holiday week."""

    school_year: int
    number: int
    first: date
    last: date
    holiday_weeks: HolidayWeeks = HolidayWeeks.KEEP

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def name(self) -> str:
        """As it is printed: 2026–2027学年第一学期."""
        return term_name(self.school_year, self.number)

    def precedes(self, other: Term) -> bool:
        """Whether no term lies between the two."""
        return other.school_year * 2 + other.number == self.school_year * 2 + self.number + 1


@dataclass(frozen=True, slots=True)
class Notice:
    """What the holiday notice 放假通知 of a year says: days off with their names, and days worked.

    It may reach into December of the year before, when New Year's holiday begins there.
    """

    year: int
    off: Mapping[date, str]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class MakeUp:
    """Whose timetable a make-up day follows; None is not yet decided."""

    follows: Weekday | None = None
    parity: Parity | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """Days set apart: exams, events, a local festival. Both ends are inside."""

    kind: ApartKind
    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class Closure:
    """Half-days on which the school is closed 停课."""

    span: HalfDaySpan
    name: str = ""


@dataclass(frozen=True, slots=True)
class Provisional:
    """What is not known yet: calendar years without a holiday notice, school years without their terms."""

    years: frozenset[int] = frozenset()
    school_years: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.years or self.school_years)

    def __or__(self, other: Provisional) -> Provisional:
        return Provisional(self.years | other.years, self.school_years | other.school_years)

    def __str__(self) -> str:
        parts = [f"{year}年放假通知" for year in sorted(self.years)]
        parts += [f"{year}–{year + 1}学年学期" for year in sorted(self.school_years)]
        return f"暂定（缺{'、'.join(parts)}）" if parts else ""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """An answer, and what it did not know."""

    value: T
    provisional: Provisional


@dataclass(frozen=True)
class Calendar:
    """What is known of one school's days; its place's own settings have already won over those above it.

    `schooling` says when a school year begins. `closures` are those of the school, or of every school when
    it is the district's calendar.
    """

    schooling: Schooling
    terms: tuple[Term, ...] = ()
    notices: Mapping[int, Notice] = field(default_factory=dict[int, Notice])
    make_ups: Mapping[date, MakeUp] = field(default_factory=dict[date, MakeUp])
    apart: tuple[Apart, ...] = ()
    closures: tuple[Closure, ...] = ()

    def term_of(self, day: date) -> Term | None:
        """Return the recorded term that holds a day."""
        return next((term for term in self.terms if day in term), None)

    def notice_for(self, day: date) -> Notice | None:
        """Return the notice that speaks of a day: its year's, or the next year's in December."""
        for year in (day.year, day.year + 1):
            notice = self.notices.get(year)
            if notice is not None and (day in notice.off or day in notice.work):
                return notice
        return None

    @cached_property
    def _week_numbers(self) -> dict[Term, Mapping[date, int]]:
        return {}

    def week_numbers(self, term: Term) -> Mapping[date, int]:
        """Number of the teaching week by its Monday; a skipped week is missing. Counted once a term."""
        known = self._week_numbers
        if term not in known:
            known[term] = {monday_of(first): number for first, number in _numbered(self, term)}
        return known[term]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a school.

    Attributes:
        halves: the half-days on which school runs; empty on days off.
        week: the number of the teaching week; None outside terms and in a skipped week.
        follows, parity: whose timetable lessons follow; None where there are none, or not yet decided.
        undecided: ``"follows_weekday"`` and ``"parity"`` of a make-up day that nobody has decided.
    """

    on: date
    kind: DayKind
    name: str
    halves: frozenset[Half]
    term: Term | None
    week: int | None
    follows: Weekday | None
    parity: Parity | None
    undecided: tuple[str, ...]
    provisional: Provisional


def each_day(first: date, last: date) -> Iterator[date]:
    """Walk the days from first to last, both inside."""
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def is_weekend(day: date) -> bool:
    """Tell whether it is a Saturday or Sunday."""
    return day.isoweekday() >= Weekday.SATURDAY


def known_of(calendar: Calendar, day: date) -> Provisional:
    """Tell what is missing for an exact answer about a school's day.

    A day between two terms that follow each other is in the vacation; so is one before the first term
    or after the second term of its school year. Any other day outside a term may be in one that nobody
    has recorded.
    """
    return missing_notices(calendar, day) | Provisional(school_years=_missing_terms(calendar, day))


def missing_notices(calendar: Calendar, day: date) -> Provisional:
    """Tell whose notice is missing for a day: its year's, and at the end of December the next year's.

    New Year's holiday, when weekends are moved to it, reaches from the Saturday before the week of 1
    January: that of 2019 began on Sunday 30 December 2018, for which Saturday the 29th was worked.

    Source: the form of the State Council's yearly notices.
    """
    new_year = date(day.year + 1, 1, 1)
    reached = day >= monday_of(new_year) - 2 * DAY
    return _without_notice(calendar, range(day.year, day.year + 1 + reached))


def _without_notice(calendar: Calendar, years: Iterable[int]) -> Provisional:
    return Provisional(frozenset(year for year in years if year not in calendar.notices))


def _missing_terms(calendar: Calendar, day: date) -> frozenset[int]:
    if calendar.term_of(day) is not None:
        return frozenset()
    year = school_year(day, calendar.schooling)
    before = max((t for t in calendar.terms if t.last < day), key=lambda t: t.first, default=None)
    after = min((t for t in calendar.terms if t.first > day), key=lambda t: t.first, default=None)
    if before is not None and after is not None and before.precedes(after):
        return frozenset()
    if before is not None and (before.school_year, before.number) == (year, 2):
        return frozenset()
    if after is not None and (after.school_year, after.number) == (year, 1):
        return frozenset()
    return frozenset({year})


def local_holiday(calendar: Calendar, day: date) -> Apart | None:
    """Return the local festival 地方节日 of a day."""
    return _apart(calendar, day, ApartKind.LOCAL_HOLIDAY)


def _apart(calendar: Calendar, day: date, *kinds: ApartKind) -> Apart | None:
    for kind in kinds:
        for apart in calendar.apart:
            if apart.kind is kind and apart.first <= day <= apart.last:
                return apart
    return None


def ordinary_kind(calendar: Calendar, day: date) -> tuple[DayKind, str]:
    """Return what a day is when nothing closes the school, and its name.

    A holiday wins over a local festival, both over exams and events; a make-up workday outside the
    terms is no school day.

    Source: 《全国年节及纪念日放假办法》 and the State Council's yearly notice; the order is our decision.
    """
    notice = calendar.notice_for(day)
    if notice is not None and day in notice.off:
        return DayKind.HOLIDAY, notice.off[day]
    festival = local_holiday(calendar, day)
    if festival is not None:
        return DayKind.LOCAL_HOLIDAY, festival.name
    if calendar.term_of(day) is None and not _missing_terms(calendar, day):
        return DayKind.VACATION, ""
    apart = _apart(calendar, day, ApartKind.EXAM, ApartKind.EVENT)
    if apart is not None:
        return DayKind(apart.kind.value), apart.name
    if notice is not None:
        return DayKind.MAKE_UP, ""
    return (DayKind.WEEKEND if is_weekend(day) else DayKind.TEACHING), ""


def open_halves(calendar: Calendar, day: date) -> frozenset[Half]:
    """Return the half-days of a day that no closure takes."""
    closed = {half for c in calendar.closures for half in Half if HalfDay(day, half) in c.span}
    return BOTH - closed


def school_runs(calendar: Calendar, day: date) -> frozenset[Half]:
    """Return the half-days of a day on which school runs."""
    kind, _ = ordinary_kind(calendar, day)
    return open_halves(calendar, day) if kind.school_runs else NEITHER


def look_up(calendar: Calendar, on: date) -> Day:
    """Return all that there is to say of a day.

    Lessons of a make-up day follow the weekday, and the parity of week, that were chosen for it; on any
    other day its own.

    Source: domain rules B §2.2 (行事历); a closed half-day leaves the other half a school day.
    """
    kind, name = ordinary_kind(calendar, on)
    halves = open_halves(calendar, on) if kind.school_runs else NEITHER
    if kind.school_runs and not halves:
        span = next(c for c in calendar.closures if on in (h.day for h in c.span))
        kind, name = DayKind.CLOSURE, span.name
    term = calendar.term_of(on)
    week = week_number(calendar, on)
    follows, parity, undecided = _timetable(calendar, on, kind, week)
    provisional = known_of(calendar, on) | _week_known(calendar, on, term)
    return Day(on, kind, name, halves, term, week, follows, parity, undecided, provisional)


def _week_known(calendar: Calendar, on: date, term: Term | None) -> Provisional:
    """Tell what is missing for the number of the week: it is counted from the first day of the term."""
    return _without_notice(calendar, range(term.first.year, on.year) if term is not None else ())


def _timetable(
    calendar: Calendar, on: date, kind: DayKind, week: int | None
) -> tuple[Weekday | None, Parity | None, tuple[str, ...]]:
    if kind is DayKind.TEACHING:
        return Weekday(on.isoweekday()), parity_of(week), ()
    if kind is not DayKind.MAKE_UP:
        return None, None, ()
    chosen = calendar.make_ups.get(on, MakeUp())
    open_ = [n for n, v in (("follows_weekday", chosen.follows), ("parity", chosen.parity)) if v is None]
    return chosen.follows, chosen.parity, tuple(open_)


# teaching weeks


def parity_of(week: int | None) -> Parity | None:
    """Return whether a teaching week is odd or even; never by the ISO week.

    >>> parity_of(1), parity_of(2)
    (<Parity.ODD: 'odd'>, <Parity.EVEN: 'even'>)
    """
    if week is None:
        return None
    return Parity.ODD if week % 2 else Parity.EVEN


def week_number(calendar: Calendar, on: date) -> int | None:
    """Return the number of the teaching week 教学周, from 1; None outside terms and in a skipped week."""
    term = calendar.term_of(on)
    if term is None:
        return None
    return calendar.week_numbers(term).get(monday_of(on))


def weeks_of(calendar: Calendar, term: Term) -> list[tuple[date, date, int | None]]:
    """Return the weeks of a term: first day, last day, number (None for a skipped one).

    Weeks run from Monday to Sunday and are cut at the ends of the term.
    """
    found: list[tuple[date, date, int | None]] = []
    first = term.first
    while first <= term.last:
        last = min(monday_of(first) + timedelta(days=6), term.last)
        found.append((first, last, week_number(calendar, first)))
        first = last + DAY
    return found


def _numbered(calendar: Calendar, term: Term) -> Iterator[tuple[date, int]]:
    """Number the weeks; weeks before the first school day of the term have none.

    A closure changes no number: one that comes in the middle of a term would turn round the parity of
    every week after it.
    """
    number = 0
    first = term.first
    while first <= term.last:
        last = min(monday_of(first) + timedelta(days=6), term.last)
        has_school = any(ordinary_kind(calendar, day)[0].school_runs for day in each_day(first, last))
        if has_school or (number and term.holiday_weeks is HolidayWeeks.KEEP):
            number += 1
            yield first, number
        first = last + DAY
