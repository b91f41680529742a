"""Calling and correcting rolls, of classes and of staff alike, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.ids import take_ids
from xuequ.core.settings import CHINA
from xuequ.core.source import Source
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.attendance import RollRows
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.calendar import CalendarRows
from xuequ.registry.rules.attendance import (
    Ground,
    Mark,
    Standing,
    check_correction,
    check_roll,
    heads_present,
)
from xuequ.registry.rules.calendar import Calendar, look_up
from xuequ.registry.service.calendar_reading import PlaceCalendar, read_place
from xuequ.registry.service.open_schools import Need, keep_all_open
from xuequ.registry.states.calendar import DayKind

Slot = tuple[int, HalfDay]
"""A unit and a half-day: what a roll is called for."""

KEYS = ("county_id", "id", "district_id", "school_id")
ROLL_COLUMNS = ("day", "half", "edition", "due", "present", "called_at", "called_by", "reason")


@dataclass(frozen=True, slots=True)
class Unit:
    """Whose roll it is: a class, or the staff of a school."""

    id: int
    school_id: int
    school: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A roll that is to be called; or corrected, and then it says which edition was seen, and why."""

    unit: Unit
    half_day: HalfDay
    marks: tuple[Mark, ...]
    edition: int | None = None
    reason: str = ""

    @property
    def slot(self) -> Slot:
        """What it is called for."""
        return self.unit.id, self.half_day


@dataclass(frozen=True, slots=True)
class Written:
    """A roll that was written."""

    id: int
    asked: Asked
    edition: int
    due: int
    present: int
    replaces_id: int | None = None


class Book:
    """What is known of some units from day to day: who is due, and the rolls that hold."""

    def __init__(self, rows: RollRows, unit_ids: Iterable[int], first: date, last: date) -> None:
        units = sorted(set(unit_ids))
        self._people: dict[int, list[tuple[AnyRow, DaySpan]]] = defaultdict(list)
        for row in rows.due(units, first, last):
            span = due_span(row)
            if span is not None:
                self._people[row.unit_id].append((row, span))
        self.rolls: dict[Slot, AnyRow] = {
            (row.unit_id, half_day_of(row)): row for row in rows.standing(units, first, last)
        }
        self.marks: dict[int, list[Mark]] = defaultdict(list)
        for row in rows.marks([roll.id for roll in self.rolls.values()]):
            self.marks[row.roll_id].append(mark_of(rows, row))

    def due(self, unit_id: int, day: date) -> dict[int, AnyRow]:
        """Return who is due on a day, by id and in the order of their numbers."""
        return {row.who: row for row, span in self._people[unit_id] if day in span}

    def standing(self, slot: Slot) -> Standing | None:
        """Return the roll that holds."""
        roll = self.rolls.get(slot)
        return None if roll is None else Standing(roll.edition, roll.due, frozenset(self.marks[roll.id]))


def half_day_of(row: AnyRow) -> HalfDay:
    """Return the half-day of a roll."""
    return HalfDay(row.day, Half(row.half))


def mark_of(rows: RollRows, row: AnyRow) -> Mark:
    """Return an exception as rules take it."""
    kind = getattr(row, "source_kind", None)
    return Mark(row.who, rows.kinds(row.kind), Source(kind, row.source_id) if kind else None)


def due_span(row: AnyRow) -> DaySpan | None:
    """Return the days on which both spans of a row hold, if there are any."""
    return DaySpan(row.since, row.until).common(DaySpan(row.status_since, row.status_until))


def now_of(context: Context) -> HalfDay:
    """Return the half-day that it is now in China."""
    return HalfDay.of(context.now.astimezone(CHINA))


def place_calendar(context: Context, first: date, last: date) -> PlaceCalendar:
    """Read the calendars of all schools of the place at once."""
    rows = CalendarRows(context.session, context.scope, context.place)
    return read_place(rows, context.standards, first, last)


def why_closed(calendar: Calendar, at: HalfDay) -> str:
    """Say why school does not run on a half-day; nothing when it does."""
    day = look_up(calendar, at.day)
    if at.half in day.halves:
        return ""
    kind = DayKind.CLOSURE if day.halves else day.kind
    return f"{day.name or kind.label}{day.provisional}"


def editions(rows: RollRows, unit_id: int, at: HalfDay) -> list[tuple[AnyRow, list[Mark]]]:
    """Return every edition of a roll with its exceptions, the one that holds last."""
    found = [row for row in rows.standing([unit_id], at.day, at.day) if row.half == at.half]
    marks: dict[int, list[Mark]] = defaultdict(list)
    for row in rows.marks([roll.id for roll in found]):
        marks[row.roll_id].append(mark_of(rows, row))
    return [(roll, marks[roll.id]) for roll in found]


def write_rolls(context: Context, rows: RollRows, asked: Sequence[Asked]) -> list[Written]:
    """Call or correct rolls, all or none: lock, look, judge, write.

    Raises:
        SchoolNotOpen: for a school that is not open on all of the days.
        Problems: or the only problem itself.
    """
    if not asked:
        return []
    units = {one.unit.id: one.unit for one in asked}
    hold_units(rows, list(units.values()), _days_by_school(asked))
    days = [one.half_day.day for one in asked]
    book = Book(rows, units, min(days), max(days))
    calendar = place_calendar(context, min(days), max(days))
    refuse_if([problem for some in judge(context, rows, book, calendar, asked) for problem in some])
    return _write(context, rows, book, asked)


def hold_units(rows: RollRows, units: Collection[Unit], days: Iterable[Need] = ()) -> None:
    """Make other rolls of some units wait; their schools must be open on some days, and stay as they are.

    Schools come before classes. One whose own staff is called is locked before it is shared: two who
    share it could not both lock it after that.
    """
    ids, schools = {unit.id for unit in units}, {unit.school_id for unit in units}
    if rows.unit in KEYS:
        rows.lock(ids, schools)
        keep_all_open(rows, days, beside=schools)
    else:
        keep_all_open(rows, days, beside=schools)
        rows.lock(ids, schools)


def _days_by_school(asked: Sequence[Asked]) -> list[Need]:
    days: dict[int, list[date]] = defaultdict(list)
    for one in asked:
        days[one.unit.school_id].append(one.half_day.day)
    return [(school_id, min(some), max(some)) for school_id, some in days.items()]


def judge(
    context: Context, rows: RollRows, book: Book, calendar: PlaceCalendar, asked: Sequence[Asked]
) -> list[list[Problem]]:
    """Return what is wrong with each roll that is asked for."""
    now, found = now_of(context), list[list[Problem]]()
    due = {one.slot: book.due(one.unit.id, one.half_day.day) for one in asked}
    names = _names_of_strangers(rows, asked, due)
    seen: dict[Slot, Standing] = {}
    for one in asked:
        ground = Ground(
            whose=f"{one.unit.school} {one.unit.name}".strip(),
            half_day=one.half_day,
            now=now,
            closed=why_closed(calendar.of(one.unit.school), one.half_day),
            due={who: row.number for who, row in due[one.slot].items()},
            standing=seen.get(one.slot, book.standing(one.slot)),
        )
        if one.edition is None:
            found.append(check_roll(one.marks, ground, names))
        else:
            found.append(check_correction(one.marks, ground, names, one.edition))
        seen[one.slot] = Standing((one.edition or 0) + 1, len(ground.due), frozenset(one.marks))
    return found


def _names_of_strangers(
    rows: RollRows, asked: Sequence[Asked], due: Mapping[Slot, Mapping[int, AnyRow]]
) -> dict[int, str]:
    """Return the numbers of those who are marked and not due; an ordinary roll asks for none."""
    strangers = {mark.who for one in asked for mark in one.marks if mark.who not in due[one.slot]}
    return rows.numbers(strangers) if strangers else {}


def _write(context: Context, rows: RollRows, book: Book, asked: Sequence[Asked]) -> list[Written]:
    written: list[Written] = []
    for roll_id, one in zip(take_ids(len(asked)), asked, strict=True):
        before = book.rolls.get(one.slot)
        due = len(book.due(one.unit.id, one.half_day.day))
        present = heads_present(due, (mark.kind for mark in one.marks))
        edition = 1 if before is None else before.edition + 1
        written.append(
            Written(roll_id, one, edition, due, present, before.id if before is not None else None)
        )
    _load_rolls(context, rows, written)
    _load_marks(context, rows, written)
    return written


def _load_rolls(context: Context, rows: RollRows, written: Sequence[Written]) -> None:
    county_id, now, actor = context.scope.county_id, context.now, str(context.actor)
    more = () if rows.unit in KEYS else (rows.unit,)
    values = (
        (
            *(county_id, one.id, rows.district_id, one.asked.unit.school_id),
            *(one.asked.half_day.day, int(one.asked.half_day.half), one.edition, one.due, one.present),
            *(now, actor, one.asked.reason),
            *((one.asked.unit.id,) if more else ()),
        )
        for one in written
    )
    rows.load(rows.roll, (*KEYS, *ROLL_COLUMNS, *more), values)


def _load_marks(context: Context, rows: RollRows, written: Sequence[Written]) -> None:
    marks = [(one, mark) for one in written for mark in one.asked.marks]
    sourced = hasattr(rows.mark, "source_kind")
    columns = (*KEYS, "roll_id", rows.who, "kind", *(("source_kind", "source_id") if sourced else ()))
    county_id = context.scope.county_id
    values = (
        (
            *(county_id, mark_id, rows.district_id, one.asked.unit.school_id),
            *(one.id, mark.who, mark.kind.code),
            *(_source(mark) if sourced else ()),
        )
        for mark_id, (one, mark) in zip(take_ids(len(marks)), marks, strict=True)
    )
    rows.load(rows.mark, columns, values)


def _source(mark: Mark) -> tuple[Any, Any]:
    return (mark.source.kind, mark.source.id) if mark.source is not None else (None, None)
