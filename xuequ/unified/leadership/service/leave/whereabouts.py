"""Where people work from day to day, and on which half-days: what every question of leave stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from xuequ.core.context import Context
from xuequ.core.halfdays import HalfDay
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.calendar import Calendar, Provisional, known_of, school_runs
from xuequ.registry.service.rolls import place_calendar
from xuequ.unified.leadership.repository.leave import LeaveRows


class Whereabouts:
    """The schools of some people from half-day to half-day, and the calendars of these; seven statements.

    Args:
        context: where the district and its rules come from.
        rows: the district's.
        staff_ids: whom.
        first, last: the half-days that will be asked about, both inside.
    """

    def __init__(
        self, context: Context, rows: LeaveRows, staff_ids: Collection[int], first: int, last: int
    ) -> None:
        since, until = HalfDay.at(first).day, HalfDay.at(last).day
        self._district_id = rows.district_id
        self._place = context.place
        self._calendars = place_calendar(context, since, until)
        self._placed: dict[int, list[tuple[DaySpan, AnyRow]]] = defaultdict(list)
        for row in rows.placements(staff_ids, since, until):
            self._placed[row.staff_id].append((DaySpan(row.since, row.until), row))
        self._runs: dict[tuple[int, date], frozenset[int]] = {}

    def at(self, staff_id: int, day: date) -> AnyRow | None:
        """Return the placement of somebody on a day, in whichever district."""
        return next((row for span, row in self._placed[staff_id] if day in span), None)

    def is_here(self, staff_id: int, day: date) -> bool:
        """Tell whether somebody works at a school of this district on a day."""
        row = self.at(staff_id, day)
        return row is not None and row.district_id == self._district_id

    def school_id(self, staff_id: int, half: int) -> int | None:
        """Return the school where somebody works on a half-day."""
        row = self.at(staff_id, HalfDay.at(half).day)
        return None if row is None else row.school_id

    def paths(self, staff_id: int, halves: Iterable[int]) -> frozenset[str]:
        """Return the places of the schools where somebody works on half-days."""
        rows = (self.at(staff_id, day) for day in {HalfDay.at(half).day for half in halves})
        return frozenset(f"{self._place}/{row.code}" for row in rows if row is not None)

    def working(self, staff_id: int, first: int, last: int) -> frozenset[int]:
        """Return the half-days from one to another, both inside, on which somebody works."""
        found: set[int] = set()
        for number in range(first // 2, last // 2 + 1):
            day = date.fromordinal(number)
            row = self.at(staff_id, day)
            if row is not None:
                found |= self._school_runs(row, day)
        return frozenset(half for half in found if first <= half <= last)

    def elsewhere(self, staff_id: int, first: int, last: int) -> list[int]:
        """Return the half-days from one to another on which somebody works at no school of the district."""
        days = (date.fromordinal(number) for number in range(first // 2, last // 2 + 1))
        return [2 * day.toordinal() for day in days if not self.is_here(staff_id, day)]

    def provisional(self, staff_id: int, first: int, last: int) -> str:
        """Say in words what of the calendars is not known for the half-days of somebody."""
        missing = Provisional()
        for number in range(first // 2, last // 2 + 1):
            day = date.fromordinal(number)
            row = self.at(staff_id, day)
            missing |= known_of(self._calendar(row), day)
        return str(missing)

    def _calendar(self, row: AnyRow | None) -> Calendar:
        """Return the calendar of a school; of one of another district the district's own stands in."""
        here = row is not None and row.district_id == self._district_id
        return self._calendars.of(row.code if here and row is not None else None)

    def _school_runs(self, row: AnyRow, day: date) -> frozenset[int]:
        key = (row.school_id, day)
        if key not in self._runs:
            runs = school_runs(self._calendar(row), day)
            self._runs[key] = frozenset(HalfDay(day, half).index for half in runs)
        return self._runs[key]
