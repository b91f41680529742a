"""From rows to the calendar that holds at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.calendar import CalendarRows
from xuequ.registry.rules.calendar import Apart, Calendar, Closure, MakeUp, Notice, Term, each_day
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.states.calendar import (
    ApartKind,
    ClosureReason,
    HolidayWeeks,
    NoticeDay,
    Parity,
    Weekday,
)

T = TypeVar("T")

PACK = "calendar.holidays"
"""The notices that come with the library."""


@dataclass(frozen=True, slots=True)
class PlaceCalendar:
    """The calendar of a place, and what its single schools have beside it.

    Attributes:
        common: what concerns every school.
        apart, closures: what concerns one school, by its code.
    """

    common: Calendar
    apart: Mapping[str, Sequence[Apart]]
    closures: Mapping[str, Sequence[Closure]]

    def of(self, school: str | None = None) -> Calendar:
        """Return the calendar of a school; the place's own when none is named."""
        if school is None or not (school in self.apart or school in self.closures):
            return self.common
        return replace(
            self.common,
            apart=(*self.apart.get(school, ()), *self.common.apart),
            closures=(*self.closures.get(school, ()), *self.common.closures),
        )


def read_calendar(
    rows: CalendarRows, standards: Standards, first: date, last: date, school: str | None = None
) -> Calendar:
    """Return what is known of some days, and of the whole of every term that they touch.

    What the place has set itself wins over what the county has set; a notice recorded by either wins over
    the one that comes with the library.

    Args:
        first, last: the days that will be asked about, both inside; questions about others have no answer.
        school: the code of the school whose own closures and days set apart count too.
    """
    return read_place(rows, standards, first, last).of(school)


def read_place(rows: CalendarRows, standards: Standards, first: date, last: date) -> PlaceCalendar:
    """Return what `read_calendar` does for every school at once, in the same five statements."""
    terms = tuple(map(term_of, latest(rows.terms(first.year - 2, last.year + 1), term_key)))
    touched = [term for term in terms if term.first <= last and first <= term.last]
    first = min((first, *(term.first for term in touched)))
    last = max((last, *(term.last for term in touched)))
    apart: dict[str | None, list[Apart]] = defaultdict(list)
    for row in rows.apart(first, last):
        apart[row.school].append(apart_of(row))
    closures: dict[str | None, list[Closure]] = defaultdict(list)
    for row in rows.closures(first, last):
        closures[row.school] += _closures(row)
    common = Calendar(
        Schooling.of(standards, first),
        terms=terms,
        notices=read_notices(rows, standards, first.year, last.year + 1),
        make_ups={row.day: _make_up(row) for row in rows.make_ups(first, last)},
        apart=tuple(reversed(apart.pop(None, []))),  # the nearest first: its name is the day's
        closures=tuple(reversed(closures.pop(None, []))),
    )
    return PlaceCalendar(common, _of_schools(apart), _of_schools(closures))


def _of_schools(found: Mapping[str | None, list[T]]) -> dict[str, list[T]]:
    return {school: some for school, some in found.items() if school is not None}


def read_notices(
    rows: CalendarRows, standards: Standards, first_year: int, last_year: int
) -> dict[int, Notice]:
    """Return the notices that hold at a place by year; a year without one is missing."""
    packed = (pack_notice(standards, year) for year in range(first_year, last_year + 1))
    found = {notice.year: notice for notice, _ in filter(None, packed)}
    return found | {rows[0].year: notice_of(rows) for rows in by_edition(rows.notices(first_year, last_year))}


def latest(rows: Iterable[AnyRow], key: Callable[[AnyRow], Hashable]) -> list[AnyRow]:
    """Return of each key the row that holds: rows come the county's first, and the newest edition last."""
    return list({key(row): row for row in rows}.values())


def term_key(row: AnyRow) -> tuple[int, int]:
    """Return what tells terms apart."""
    return row.school_year, row.number


def term_of(row: AnyRow) -> Term:
    """Return a term as rules take it."""
    return Term(row.school_year, row.number, row.first_day, row.last_day, HolidayWeeks(row.holiday_weeks))


def by_edition(rows: Iterable[AnyRow]) -> list[list[AnyRow]]:
    """Return the days of each recorded edition of a notice, the one that holds last."""
    return [list(days) for _, days in groupby(rows, key=lambda row: row.id)]


def notice_of(days: list[AnyRow]) -> Notice:
    """Return an edition as rules take it."""
    off = {row.day: row.name for row in days if row.kind == NoticeDay.OFF}
    return Notice(days[0].year, off, frozenset(row.day for row in days if row.kind == NoticeDay.WORK))


def pack_notice(standards: Standards, year: int) -> tuple[Notice, Standard] | None:
    """Return the notice of a year that comes with the library, and its entry.

    An entry that speaks of no day off in the year is none of that year.
    """
    entry = standards.find(PACK, on=date(year, 1, 1))
    if entry is None:
        return None
    value: Any = entry.value
    rows: Sequence[Mapping[str, Any]] = value
    spans = [row for row in rows if row["last"].year == year]
    off: dict[date, str] = {}
    work: set[date] = set()
    for span in spans:
        days = each_day(span["first"], span["last"])
        if span["kind"] == NoticeDay.OFF:
            off |= dict.fromkeys(days, str(span["name"]))
        else:
            work |= set(days)
    return (Notice(year, off, frozenset(work)), entry) if off else None


def _make_up(row: AnyRow) -> MakeUp:
    return MakeUp(Weekday(row.follows_weekday), Parity(row.parity) if row.parity else None)


def apart_of(row: AnyRow) -> Apart:
    """Return days set apart as rules take them."""
    return Apart(ApartKind(row.kind), row.first_day, row.last_day, row.name)


def announced(row: AnyRow) -> HalfDaySpan:
    """Return the half-days that a closure was announced for."""
    first = HalfDay(row.first_day, Half(row.first_half))
    return HalfDaySpan.through(first, HalfDay(row.last_day, Half(row.last_half)))


def reopened(row: AnyRow) -> HalfDay | None:
    """Return the half-day from which a closure was lifted."""
    return HalfDay(row.lifted_day, Half(row.lifted_half)) if row.lifted_day is not None else None


def still_closed(row: AnyRow) -> HalfDaySpan | None:
    """Return the half-days that a closure really takes; None when it was lifted from its beginning."""
    span, lifted = announced(row), reopened(row)
    if lifted is None:
        return span
    return HalfDaySpan(span.since, lifted) if lifted > span.since else None


def _closures(row: AnyRow) -> list[Closure]:
    span = still_closed(row)
    return [Closure(span, f"停课（{ClosureReason(row.reason).label}）")] if span is not None else []
