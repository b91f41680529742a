"""Questions for the duty roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from sqlalchemy import Table, select, update

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.unified.leadership.models.duties import DutyTurn
from xuequ.unified.leadership.models.leave import Leave, LeaveSlot
from xuequ.unified.leadership.repository.office import OfficeRows
from xuequ.unified.leadership.states.leave import LeaveState

_DUTY = cast("Table", DutyTurn.__table__)


def _turns() -> AnySelect:
    return (
        select(
            *(DutyTurn.id, DutyTurn.school_id, DutyTurn.staff_id, DutyTurn.day, DutyTurn.half),
            *(DutyTurn.role, DutyTurn.voided_at, DutyTurn.void_reason),
            *(School.code.label("school"), School.name.label("school_name")),
            *(Staff.staff_no, Person.name),
        )
        .join(School, same(School, DutyTurn.school_id, DutyTurn))
        .join(Staff, same(Staff, DutyTurn.staff_id, DutyTurn))
        .join(Person, same(Person, Staff.person_id, Staff))
    )


class DutyRows(OfficeRows):
    """Who is on duty in one district."""

    def turns(
        self, first: date, last: date, school_ids: Iterable[int] | None = None, *, voided: bool = False
    ) -> Sequence[AnyRow]:
        """Return who is on duty on some days, both inside, by school, day and half.

        Args:
            first, last: the days.
            school_ids: at which schools; at all of them when left out.
            voided: whether those that count no longer are among them.
        """
        _ = self.district_id
        query = _turns().where(DutyTurn.day >= first, DutyTurn.day <= last)
        if school_ids is not None:
            query = query.where(DutyTurn.school_id.in_(sorted(set(school_ids))))
        if not voided:
            query = query.where(DutyTurn.voided_at.is_(None))
        order = (School.code, DutyTurn.day, DutyTurn.half, Staff.staff_no, DutyTurn.id)
        return self.session.execute(self.here(query, DutyTurn).order_by(*order)).all()

    def every_turn(self, school: str | None) -> Sequence[AnyRow]:
        """Return who is or was on duty on any day, at one school or at all."""
        query = _turns().where(DutyTurn.voided_at.is_(None))
        if school is not None:
            query = query.where(School.code == school)
        order = (School.code, DutyTurn.day, DutyTurn.half, Staff.staff_no)
        return self.session.execute(self.here(query, DutyTurn).order_by(*order)).all()

    def turns_of(self, ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return turns by id, locked in the order of their ids."""
        query = self.here(_turns().where(DutyTurn.id.in_(sorted(set(ids)))), DutyTurn)
        rows = self.session.execute(query.order_by(DutyTurn.id).with_for_update(of=DutyTurn)).all()
        return {row.id: row for row in rows}

    def standing_of(self, staff_ids: Iterable[int], days: Iterable[date]) -> Sequence[AnyRow]:
        """Return the duty of people on some days, in whichever district of the county."""
        some = sorted(set(days))
        query = _turns().where(
            DutyTurn.county_id == self.scope.county_id,
            DutyTurn.staff_id.in_(sorted(set(staff_ids))),
            DutyTurn.day >= some[0],
            DutyTurn.day <= some[-1],
            DutyTurn.voided_at.is_(None),
        )
        return self.session.execute(query).all()

    def away(self, staff_ids: Iterable[int], days: Iterable[date]) -> dict[tuple[int, int], int]:
        """Return who is on approved leave on some days: person and half-day's index → the leave.

        What an extension asks for beyond the approved end is not approved.
        """
        query = (
            select(LeaveSlot.staff_id, LeaveSlot.half_day, LeaveSlot.leave_id)
            .join(Leave, same(Leave, LeaveSlot.leave_id, LeaveSlot))
            .where(
                LeaveSlot.county_id == self.scope.county_id,
                LeaveSlot.staff_id.in_(sorted(set(staff_ids))),
                LeaveSlot.day.in_(sorted(set(days))),
                LeaveSlot.released.is_(None),
                LeaveSlot.half_day <= Leave.last,
                Leave.state.in_([state.code for state in LeaveState if state.is_granted]),
            )
        )
        return {(row.staff_id, row.half_day): row.leave_id for row in self.session.execute(query)}

    def void_turns(self, ids: Sequence[int], values: Mapping[str, object]) -> None:
        """Mark turns as void."""
        here = (DutyTurn.county_id == self.scope.county_id, DutyTurn.id.in_(list(ids)))
        self.session.execute(update(_DUTY).where(*here).values(dict(values)))
