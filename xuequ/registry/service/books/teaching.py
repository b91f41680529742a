"""The workbook of teaching: who teaches what to which class, and who leads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import CellRequired, Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Key, Outcome, PlannedRow, State
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.books.teaching import TeachingBookRows
from xuequ.registry.schemas.books.teaching import HeadTeacherRow, OfClass, TeachingRow
from xuequ.registry.schemas.classes import HeadTeacherAppointment
from xuequ.registry.schemas.teaching import Assignment, HandOver
from xuequ.registry.service.books.desk import BookDesk, Lookups, at_column, changed, check_names, rows_of
from xuequ.registry.service.classes import ClassService
from xuequ.registry.service.teaching import TeachingService
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.registry.templates.teaching import TEACHING
from xuequ.standards.codes.schooling import Subject

TEACHINGS = TEACHING.sheet("teachings")


class _ClassDesk(BookDesk):
    """What both sheets share."""

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = TeachingBookRows(self.context.session, self.context.scope, self.context.place)

    def class_id(self, row: OfClass) -> int:
        """Return the class of a row."""
        return self.lookups.school_class(row.school, row.stage, row.entry_year, row.number)

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names."""
        return check_names(planned, self.lookups.staff_named)


class TeachingDesk(_ClassDesk):
    """The sheet of teachings."""

    changeable = frozenset({"until", "ended"})

    def _there(self, rows: Iterable[Command]) -> dict[Key, AnyRow]:
        found = self.rows.teachings({cast(TeachingRow, row).school for row in rows})
        return {(*_class_of(row), Subject(row.subject), row.since): row for row in found}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what is taught at the schools of rows."""
        return {key: _teaching(row) for key, row in self._there(rows).items()}

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names, and that an end has its reason, and a reason its day."""
        found = super().check(planned)
        for row in planned:
            command = _of(row)
            if changed(row, "until") and command.ended is None:
                found.append(at_column(row, TEACHINGS, "ended", CellRequired()))
            if command.ended is not None and command.until is None:
                found.append(at_column(row, TEACHINGS, "until", CellRequired()))
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Hand over what ends by it, end what else does, and assign the rest in one go."""
        there = self._there([row.source.command for row in planned])
        added: dict[Key, TeachingRow] = {_taught(row): row for row in rows_of(planned, Outcome.ADDED)}
        ended: defaultdict[tuple[TeachingChange, date], list[int]] = defaultdict(list)
        for command in cast("list[TeachingRow]", rows_of(planned, Outcome.CHANGED)):
            assert command.until is not None and command.ended is not None, (
                "an end was checked for its reason"
            )
            was = there[_taught(command)]
            taking = added.get((*_taught(command)[:-1], command.until))
            if taking is not None and _is_hand_over(was, command, taking):
                self._hand_over(was.id, command.ended, added.pop(_taught(taking)))
            else:
                ended[command.ended, command.until].append(was.id)
        service = TeachingService(self.context)
        for (reason, on), teaching_ids in ended.items():
            service.end_teaching(teaching_ids, reason, on)
        service.assign_many([self._assignment(row) for row in added.values()])

    def _hand_over(self, teaching_id: int, reason: TeachingChange, taking: TeachingRow) -> None:
        command = HandOver(
            teaching_id=teaching_id,
            staff_id=self.lookups.staff(taking.staff_no),
            on=taking.since,
            reason=reason,
            origin=taking.origin or TeachingOrigin.NEW,
            half_periods=taking.half_periods,
            itinerant=bool(taking.itinerant),
            exception=taking.exception,
        )
        TeachingService(self.context).hand_over(command)

    def _assignment(self, row: TeachingRow) -> Assignment:
        return Assignment(
            class_id=self.class_id(row),
            staff_id=self.lookups.staff(row.staff_no),
            origin=row.origin or TeachingOrigin.NEW,
            itinerant=bool(row.itinerant),
            subject=row.subject,
            half_periods=row.half_periods,
            since=row.since,
            until=row.until,
            exception=row.exception,
            ended=row.ended,
        )

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return who teaches and taught what."""
        for row in self.rows.teachings(None if school is None else {school}):
            said = _teaching(row)
            said["itinerant"] = True if row.itinerant else None
            yield TeachingRow(**_named(row), subject=Subject(row.subject), **said)


def _of(row: PlannedRow) -> TeachingRow:
    return cast(TeachingRow, row.source.command)


def _class_of(row: Any) -> Key:
    return (row.school, Stage(row.stage), row.entry_year, row.number)


def _taught(row: TeachingRow) -> Key:
    return (*_class_of(row), row.subject, row.since)


def _named(row: AnyRow) -> dict[str, Any]:
    """Return what a row of either sheet has of its class, its teacher's name and its first day."""
    school, stage, entry_year, number = _class_of(row)
    called = {"school": school, "stage": stage, "entry_year": entry_year, "number": number}
    return {**called, "name": row.name, "since": row.since}


def _teaching(row: Any) -> dict[str, Any]:
    return {
        "staff_no": row.staff_no,
        "half_periods": row.half_periods,
        "until": row.until,
        "ended": TeachingChange(row.ended) if row.ended else None,
        "origin": TeachingOrigin(row.origin),
        "itinerant": row.itinerant,
        "exception": row.exception,
    }


def _is_hand_over(was: AnyRow, command: TeachingRow, taking: TeachingRow) -> bool:
    """Tell whether the next row takes a subject over within a school year; the new year assigns anew."""
    same = (was.staff_no, was.half_periods) == (taking.staff_no, taking.half_periods)
    planned_end = was.until == taking.until and taking.ended is None
    return command.ended is not TeachingChange.YEAR_END and planned_end and not same


class HeadTeacherDesk(_ClassDesk):
    """The sheet of head teachers."""

    changeable = frozenset({"until"})

    def standing(self, rows: Sequence[Command]) -> State:
        """Return who leads the classes of the schools of rows."""
        found = self.rows.head_teachers({cast(HeadTeacherRow, row).school for row in rows})
        return {(*_class_of(row), row.since): {"staff_no": row.staff_no, "until": row.until} for row in found}

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Hand classes over, end what else ends, and appoint the rest, one day after another."""
        added = cast("list[HeadTeacherRow]", rows_of(planned, Outcome.ADDED))
        begins: dict[Key, HeadTeacherRow] = {(*_class_of(row), row.since): row for row in added}
        for row in cast("list[HeadTeacherRow]", rows_of(planned, Outcome.CHANGED)):
            taking = begins.pop((*_class_of(row), row.until), None)
            self._end(row, taking)
        by_day: defaultdict[date, list[HeadTeacherRow]] = defaultdict(list)
        for row in sorted(added, key=lambda one: one.since):
            by_day[row.since].append(row)
        for since, rows in by_day.items():
            new = [self._appointment(row) for row in rows if (*_class_of(row), since) in begins]
            if new:
                ClassService(self.context).appoint_head_teachers(new, since)
            for row in rows:
                if row.until is not None:
                    self._end(row, None)

    def _end(self, row: HeadTeacherRow, taking: HeadTeacherRow | None) -> None:
        """End somebody's time, or hand the class over to who takes it on that day."""
        if taking is None:
            ClassService(self.context).end_head_teacher(self.class_id(row), row.until)
        else:
            ClassService(self.context).hand_over_class(self._appointment(taking), row.until)

    def _appointment(self, row: HeadTeacherRow) -> HeadTeacherAppointment:
        return HeadTeacherAppointment(class_id=self.class_id(row), staff_id=self.lookups.staff(row.staff_no))

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return who leads and led which class."""
        for row in self.rows.head_teachers(None if school is None else {school}):
            yield HeadTeacherRow(**_named(row), staff_no=row.staff_no, until=row.until)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = Lookups(context)
    return {"teachings": TeachingDesk(lookups), "head_teachers": HeadTeacherDesk(lookups)}


TEACHING_BOOK = Book(TEACHING, _desks, stale="任课与班主任")
