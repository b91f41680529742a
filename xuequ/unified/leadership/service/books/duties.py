"""The workbooks of the duty roster and of drills, taken in through the ledgers' own use cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Key, Outcome, PlannedRow, State
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.books.desk import BookDesk, Lookups, check_names, rows_of
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.repository.duties import DutyRows
from xuequ.unified.leadership.repository.safety import SafetyRows
from xuequ.unified.leadership.schemas.books.duties import DrillRow, DutyRow
from xuequ.unified.leadership.schemas.duties import DutyAssignment, DutyReplacement
from xuequ.unified.leadership.schemas.safety import DrillCorrection, DrillRecord
from xuequ.unified.leadership.service.duties import DutyService
from xuequ.unified.leadership.service.safety import SafetyService
from xuequ.unified.leadership.states.duties import DutyRole
from xuequ.unified.leadership.states.safety import DrillKind
from xuequ.unified.leadership.templates.duties import DRILLS, DUTY

BY_FILE = "按导入的台账更正"
"""The reason that a record bears which a file has corrected; it is voided, and another stands for it."""


_DRILL_SAYS = frozenset({"participants", "minutes", "problems"})


class DutyDesk(BookDesk):
    """The sheet of the duty roster."""

    changeable = frozenset({"role"})

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = DutyRows(self.context.session, self.context.scope, self.context.place)

    def _there(self, rows: Sequence[Command]) -> dict[Key, AnyRow]:
        said = cast("Sequence[DutyRow]", rows)
        ids = [
            self.lookups.schools[code] for code in {row.school for row in said} & set(self.lookups.schools)
        ]
        days = [row.day for row in said]
        return {_on_duty(row): row for row in self.rows.turns(min(days), max(days), ids)}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return who is on duty at the schools of rows on the days of rows."""
        return {key: {"role": DutyRole(row.role)} for key, row in self._there(rows).items()}

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names."""
        return check_names(planned, self.lookups.staff_named)

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Put on duty who is not yet, in one go, and correct roles."""
        service = DutyService(self.context)
        added = cast("list[DutyRow]", rows_of(planned, Outcome.ADDED))
        if added:
            service.assign([self._assignment(row) for row in added])
        changed = cast("list[DutyRow]", rows_of(planned, Outcome.CHANGED))
        there = self._there(changed) if changed else {}
        for row in changed:
            was = there[row.school, row.day, row.half, row.staff_no]
            command = DutyReplacement(staff_id=was.staff_id, role=row.role, reason=BY_FILE)
            service.correct(was.id, command)

    def _assignment(self, row: DutyRow) -> DutyAssignment:
        self.lookups.school(row.school)
        staff_id = self.lookups.staff(row.staff_no)
        return DutyAssignment(school=row.school, day=row.day, half=row.half, staff_id=staff_id, role=row.role)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return who is and was on duty."""
        for row in self.rows.every_turn(school):
            half, role = DayHalf(row.half), DutyRole(row.role)
            who = {"staff_no": row.staff_no, "name": row.name}
            yield DutyRow(school=row.school, day=row.day, half=half, role=role, **who)


def _on_duty(row: AnyRow) -> Key:
    return (row.school, row.day, DayHalf(row.half), row.staff_no)


class DrillDesk(BookDesk):
    """The sheet of drills."""

    changeable = _DRILL_SAYS

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = SafetyRows(self.context.session, self.context.scope, self.context.place)

    def _there(self, rows: Sequence[Command]) -> dict[Key, AnyRow]:
        said = cast("Sequence[DrillRow]", rows)
        days = [row.held_on for row in said]
        found = self.rows.drills(min(days), max(days), {row.school for row in said})
        return {(row.school, DrillKind(row.kind), row.held_on): row for row in found}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the drills of the schools and days of rows."""
        return {
            key: {"participants": row.participants, "minutes": row.minutes, "problems": row.problems}
            for key, row in self._there(rows).items()
        }

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record drills in one go, and correct those of which a file says something else."""
        service = SafetyService(self.context)
        added = cast("list[DrillRow]", rows_of(planned, Outcome.ADDED))
        for row in added:
            self.lookups.school(row.school)
        if added:
            service.record_drills([DrillRecord(**row.model_dump()) for row in added])
        changed = cast("list[DrillRow]", rows_of(planned, Outcome.CHANGED))
        there = self._there(changed) if changed else {}
        for row in changed:
            said = row.model_dump(include=set(_DRILL_SAYS))
            was = there[row.school, row.kind, row.held_on]
            service.correct_drill(was.id, DrillCorrection(**said, reason=BY_FILE))

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the drills that were held."""
        for row in self.rows.drills(schools=None if school is None else {school}):
            said = {"participants": row.participants, "minutes": row.minutes, "problems": row.problems}
            yield DrillRow(school=row.school, kind=DrillKind(row.kind), held_on=row.held_on, **said)


def _duty(context: Context) -> Mapping[str, Desk]:
    return {"duty": DutyDesk(Lookups(context))}


def _drills(context: Context) -> Mapping[str, Desk]:
    return {"drills": DrillDesk(Lookups(context))}


DUTY_BOOK = Book(DUTY, _duty, stale="值班")
DRILLS_BOOK = Book(DRILLS, _drills, stale="演练台账")
