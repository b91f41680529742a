"""The workbook of attendance at meetings: what was planned and held, and who came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Outcome, PlannedRow, State, Values
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.service.books.desk import found, rows_of
from xuequ.unified.party.errors.meetings import MeetingUnknown
from xuequ.unified.party.errors.members import GroupUnknown
from xuequ.unified.party.repository.attendance_book import AttendanceBookRows
from xuequ.unified.party.schemas.books.attendance import AttendanceRow, MeetingRow
from xuequ.unified.party.schemas.meetings import AttendanceMark, MeetingHolding, MeetingPlan
from xuequ.unified.party.service.meetings import MeetingService
from xuequ.unified.party.service.meetings.steps import convened_of
from xuequ.unified.party.states.meetings import Body, Mark, MeetingKind
from xuequ.unified.party.templates.attendance import MEETING_ATTENDANCE

_BETWEEN = re.compile(r"[、，,；;\s]+")


class PartyLookups:
    """Ids by numbers and names, each kind read once for a file."""

    def __init__(self, context: Context) -> None:
        self.rows = AttendanceBookRows(context.session, context.scope, context.place)
        self.service = MeetingService(context)
        self.meetings: dict[str, int] = {row.number: row.id for row in self.rows.standing()}

    @cached_property
    def members(self) -> Mapping[str, int]:
        """Staff number → member."""
        return self.rows.member_ids()

    @cached_property
    def numbers(self) -> Mapping[int, str]:
        """Member → staff number."""
        return {member_id: number for number, member_id in self.members.items()}

    @cached_property
    def groups(self) -> Mapping[str, int]:
        """Name → group."""
        return self.rows.group_ids()

    def member(self, number: str) -> int:
        """Return the member with a number of staff.

        Raises:
            StaffUnknown: when nobody of the branch has it.
        """
        return found(self.members, number, StaffUnknown(staff=number))

    def meeting(self, number: str) -> int:
        """Return the meeting of a number.

        Raises:
            MeetingUnknown: when there is none.
        """
        return found(self.meetings, number, MeetingUnknown(meeting=number))


class MeetingDesk(Desk):
    """The sheet of meetings: a new one is planned, and held when the row says on which day."""

    changeable = frozenset({"held_on", "agenda", "host", "lecturer"})

    def __init__(self, lookups: PartyLookups) -> None:
        self.lookups = lookups

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with the body that follows from the kind and the two of a talk in order."""
        return [_said(row) for row in cast("Sequence[MeetingRow]", rows)]

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the meetings that are not voided."""
        return {(row.number,): row.model_dump(exclude={"number"}) for row in self._rows()}

    def _rows(self) -> Iterable[MeetingRow]:
        lookups = self.lookups
        there = lookups.rows.standing()
        numbers = {row.id: row.number for row in there}
        talkers = lookups.rows.talkers([row.id for row in there])
        for row in there:
            between = sorted(lookups.numbers.get(one, "") for one in talkers.get(row.id, ()))
            yield MeetingRow(
                number=row.number,
                kind=MeetingKind(row.kind),
                body=Body(row.body),
                group=row.group,
                between="、".join(between),
                within=numbers.get(row.within_id),
                planned_on=row.planned_on,
                topic=row.topic,
                place=row.place,
                held_on=row.held_on,
                agenda="；".join(row.agenda.splitlines()),
                host=lookups.numbers.get(row.host_id),
                lecturer=lookups.numbers.get(row.lecturer_id),
            )

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Plan what is new, theme days before what they contain, and hold what was held."""
        lookups = self.lookups
        added = sorted(rows_of(planned, Outcome.ADDED), key=lambda row: row.within is not None)
        for some in ([row for row in added if not row.within], [row for row in added if row.within]):
            ids = lookups.service.plan_meetings([self._plan(row) for row in some]) if some else []
            lookups.meetings |= {row.number: one for row, one in zip(some, ids, strict=True)}
        for row in (*added, *rows_of(planned, Outcome.CHANGED)):
            if row.held_on is not None:
                self._hold(row)

    def _plan(self, row: MeetingRow) -> MeetingPlan:
        group_id: int | None = None
        if row.group is not None:
            error = GroupUnknown(group=row.group, on=str(row.planned_on))
            group_id = found(self.lookups.groups, row.group, error)
        names = {"number", "kind", "body", "within", "planned_on", "topic", "place"}
        members = tuple(self.lookups.member(one) for one in _BETWEEN.split(row.between) if one)
        return MeetingPlan(**row.model_dump(include=names), group_id=group_id, members=members)

    def _hold(self, row: MeetingRow) -> None:
        member, day = self.lookups.member, row.held_on
        assert day is not None, "only what was held is held"
        command = MeetingHolding(
            held_on=day,
            agenda=row.agenda or row.topic,
            host_id=None if row.host is None else member(row.host),
            lecturer_id=None if row.lecturer is None else member(row.lecturer),
        )
        self.lookups.service.hold(self.lookups.meeting(row.number), command)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the meetings; they are the branch's, and no school's."""
        return self._rows() if school is None else ()


def _said(row: MeetingRow) -> dict[str, Any]:
    plan = MeetingPlan(
        number=row.number,
        kind=row.kind,
        planned_on=row.planned_on,
        topic=row.topic,
        body=row.body,
        group_id=None if row.group is None else 1,
    )
    between = sorted(one for one in _BETWEEN.split(row.between) if one)
    agenda = row.agenda or (row.topic if row.held_on is not None else "")
    return row.__dict__ | {
        "body": convened_of(plan).body,
        "between": "、".join(between),
        "agenda": agenda,
    }


class AttendanceDesk(Desk):
    """The sheet of who came: marks of the frozen roll."""

    def __init__(self, lookups: PartyLookups) -> None:
        self.lookups = lookups

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the marks of the meetings that are not voided."""
        return {
            (row.number, row.staff_no): {
                "mark": Mark(row.mark),
                "excused_on": row.excused_on,
                "reason": row.reason,
            }
            for row in self.lookups.rows.marked()
        }

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Mark who came."""
        rows = [cast("AttendanceRow", row.source.command) for row in planned]
        self.lookups.service.mark_attendance(
            [
                AttendanceMark(
                    meeting_id=self.lookups.meeting(row.number),
                    member_id=self.lookups.member(row.staff_no),
                    mark=row.mark,
                    excused_on=row.excused_on,
                    reason=row.reason,
                )
                for row in rows
            ]
        )

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return who came; meetings are the branch's, and no school's."""
        if school is None:
            for (number, staff_no), there in self.standing(()).items():
                yield AttendanceRow(number=number, staff_no=staff_no, **there)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = PartyLookups(context)
    return {"meetings": MeetingDesk(lookups), "attendance": AttendanceDesk(lookups)}


def _hold(context: Context) -> None:
    """Make whoever holds or marks the branch's meetings wait, in one order for every file."""
    rows = AttendanceBookRows(context.session, context.scope, context.place)
    rows.lock_meetings([row.id for row in rows.standing()])


ATTENDANCE_BOOK = Book(MEETING_ATTENDANCE, _desks, _hold, stale="组织生活登记")
"""The workbook of attendance at meetings."""
