"""The workbook of the calendar: terms, notices, make-up days, days set apart, closures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import CellRequired
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.registry.errors.calendar import ApartUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.books.calendar import EVER, EVER_YEARS, CalendarBookRows
from xuequ.registry.schemas.books.calendar import DaysApartRow, MakeUpRow, SchoolClosureRow
from xuequ.registry.schemas.calendar import ClosureCommand, DaysApart, MakeUpChoice, TermDates
from xuequ.registry.service.books.desk import filled
from xuequ.registry.service.books.notices import NoticeDesk
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.service.calendar_reading import latest, term_key
from xuequ.registry.states.calendar import (
    ApartKind,
    ClosureReason,
    DayHalf,
    EntryState,
    HolidayWeeks,
    Parity,
    TimetableDay,
)
from xuequ.registry.templates.calendar import CALENDAR

VALID, WITHDRAWN = EntryState


class CalendarDesk(Desk):
    """A desk of the calendar, which a county has as well as a district."""

    def __init__(self, context: Context) -> None:
        self.calendar = CalendarService(context)
        self.rows = _rows(context)
        self.there: dict[Key, Values] = {}
        """What stands, as `standing` has read it last."""


class TermDesk(CalendarDesk):
    """The sheet of terms; what holds here, the county may have set."""

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the terms that hold here."""
        self.there = {
            term_key(row): {
                "first": row.first_day,
                "last": row.last_day,
                "holiday_weeks": HolidayWeeks(row.holiday_weeks),
            }
            for row in latest(self.rows.terms(*EVER_YEARS), term_key)
        }
        return self.there

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Set terms; those that move later begin with the last, so that none runs into the next."""
        for row in sorted(planned, key=_moving):
            command = cast("TermDates", row.source.command)
            there = self.there.get((command.school_year, command.number), {})
            self.calendar.set_term(filled(command, there))

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the terms; they are the place's, and no school's."""
        for (year, number), there in sorted(self.standing(()).items()) if school is None else ():
            yield TermDates(school_year=year, number=number, **there)


def _moving(row: PlannedRow) -> tuple[bool, int]:
    """Put terms that end later than before first, from the last to the first; then the others in order."""
    last = cast("TermDates", row.source.command).last
    later = any(change.field == "last" and change.before < change.after for change in row.changes)
    return not later, -last.toordinal() if later else last.toordinal()


class MakeUpDesk(CalendarDesk):
    """The sheet of make-up days."""

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what is chosen for make-up days here or above."""
        self.there = {
            (row.day,): {
                "follows": TimetableDay(str(row.follows_weekday)),
                "parity": Parity(row.parity) if row.parity else None,
            }
            for row in latest(self.rows.make_ups(*EVER), lambda row: row.day)
        }
        return self.there

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Choose timetables."""
        for row in planned:
            command = cast("MakeUpRow", row.source.command)
            whole = filled(command, self.there.get((command.day,), {}))
            choice = MakeUpChoice(day=whole.day, follows_weekday=whole.follows.weekday, parity=whole.parity)
            self.calendar.choose_make_up(choice)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return what is chosen; that is the place's, and no school's."""
        for (day,), there in sorted(self.standing(()).items()) if school is None else ():
            yield MakeUpRow(day=day, **there)


class ApartDesk(CalendarDesk):
    """The sheet of days set apart; only what was set here, since nobody else can withdraw it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.ids: dict[Key, int] = {}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the days set apart, and as withdrawn those that once were."""
        self.ids, self.there = {}, {}
        for row in self.rows.own_aparts():
            key = (row.school, ApartKind(row.kind), row.first_day)
            self.ids[key] = row.id
            self.there[key] = {
                "last": row.last_day,
                "name": row.name,
                "authority": row.authority,
                "state": VALID if row.withdrawn_at is None else WITHDRAWN,
            }
        return self.there

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Set days apart and withdraw them; a change is both, and every withdrawal comes first."""
        rows = [cast("DaysApartRow", row.source.command) for row in planned]
        for row in rows:
            self._withdraw(row)
        for row in rows:
            if row.state is VALID:
                whole = filled(row, self._there(row))
                self.calendar.set_apart(DaysApart(**whole.model_dump(exclude={"state"})))

    def _there(self, row: DaysApartRow) -> Values:
        return self.there.get(_apart_key(row), {})

    def _withdraw(self, row: DaysApartRow) -> None:
        there = self._there(row)
        if row.state is WITHDRAWN and not there:
            raise ApartUnknown(apart=row.name)
        if there and there["state"] is VALID:
            self.calendar.withdraw_apart(self.ids[_apart_key(row)])

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the days that are set apart."""
        for key, there in self.standing(()).items():
            if school in (None, key[0]) and there["state"] is VALID:
                values = dict(zip(("school", "kind", "first"), key, strict=True))
                yield DaysApartRow(**values, **there)


def _apart_key(row: DaysApartRow) -> Key:
    return row.school, row.kind, row.first


class ClosureDesk(CalendarDesk):
    """The sheet of closures; only what was announced here, since nobody else can lift it."""

    changeable = frozenset({"reopened", "reopened_half"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.ids: dict[Key, int] = {}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the closures that were announced; of two from the same half-day on the newer."""
        self.ids, self.there = {}, {}
        for row in self.rows.own_closures():
            key = (row.school, row.first_day, _HALVES[row.first_half])
            self.ids[key] = row.id
            self.there[key] = _closure(row)
        return self.there

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Announce closures and lift them."""
        for row in planned:
            command = cast("SchoolClosureRow", row.source.command)
            key = (command.school, command.first, command.first_half)
            if row.outcome is Outcome.ADDED:
                self.ids[key] = self.calendar.announce_closure(_announcement(command)).id
            self._lift(filled(command, self.there.get(key, {})), self.ids[key])

    def _lift(self, row: SchoolClosureRow, closure_id: int) -> None:
        if row.reopened is not None:
            half = (row.reopened_half or DayHalf.AM).half
            self.calendar.lift_closure(closure_id, row.reopened, half)
        elif row.reopened_half is not None:
            raise CellRequired

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the closures, lifted ones too."""
        for key, there in self.standing(()).items():
            if school in (None, key[0]):
                values = dict(zip(("school", "first", "first_half"), key, strict=True))
                yield SchoolClosureRow(**values, **there)


_HALVES = {half.half: half for half in DayHalf}


def _closure(row: AnyRow) -> dict[str, Any]:
    return {
        "last": row.last_day,
        "last_half": _HALVES[row.last_half],
        "reason": ClosureReason(row.reason),
        "note": row.note,
        "reopened": row.lifted_day,
        "reopened_half": None if row.lifted_half is None else _HALVES[row.lifted_half],
    }


def _announcement(row: SchoolClosureRow) -> ClosureCommand:
    return ClosureCommand(
        first=row.first,
        first_half=row.first_half.half,
        last=row.last,
        last_half=row.last_half.half,
        reason=row.reason,
        note=row.note,
        school=row.school,
    )


def _rows(context: Context) -> CalendarBookRows:
    return CalendarBookRows(context.session, context.scope, context.place)


def _desks(context: Context) -> Mapping[str, Desk]:
    return {
        "terms": TermDesk(context),
        "notices": NoticeDesk(context),
        "make_ups": MakeUpDesk(context),
        "apart": ApartDesk(context),
        "closures": ClosureDesk(context),
    }


def _hold(context: Context) -> None:
    """Make others who set the calendar of this place wait."""
    _rows(context).lock_owner()


CALENDAR_BOOK = Book(CALENDAR, _desks, _hold, stale="校历")
"""The calendar of a district, or of a county for all its districts."""
