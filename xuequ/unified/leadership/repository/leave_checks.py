"""Questions of the data checks of leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, exists, not_, or_, select
from sqlalchemy.orm import aliased

from xuequ.registry.repository.basis import AnyRow, Rows, owns, same
from xuequ.unified.leadership.models.leave import Leave, LeaveAsk, LeaveSlot
from xuequ.unified.leadership.states.leave import AskState, LeaveState

_ACTIVE = [state.code for state in LeaveState if state.is_active]
_GRANTED = [state.code for state in LeaveState if state.is_granted]


class LeaveCheckRows(Rows):
    """What no constraint can say of leave."""

    def slots_amiss(self) -> Sequence[AnyRow]:
        """Return open half-days outside their leave, of one that holds no longer, or of somebody else."""
        fits = and_(
            LeaveSlot.half_day.between(Leave.first, Leave.reach),
            LeaveSlot.staff_id == Leave.staff_id,
            LeaveSlot.district_id == Leave.district_id,
            or_(Leave.state.in_(_ACTIVE), LeaveSlot.released.is_not(None)),
        )
        ever = and_(LeaveSlot.released.is_not(None), LeaveSlot.staff_id == Leave.staff_id)
        query = (
            select(LeaveSlot.id, LeaveSlot.leave_id, LeaveSlot.half_day)
            .join(Leave, same(Leave, LeaveSlot.leave_id, LeaveSlot))
            .where(not_(or_(fits, ever)))
        )
        return self.session.execute(self.here(query, LeaveSlot).order_by(LeaveSlot.id)).all()

    def days(self) -> Sequence[AnyRow]:
        """Return half-days with their day."""
        query = self.here(select(LeaveSlot.id, LeaveSlot.half_day, LeaveSlot.day), LeaveSlot)
        return self.session.execute(query.order_by(LeaveSlot.id)).all()

    def beginnings(self) -> Sequence[AnyRow]:
        """Return leaves with their first half-day and its day."""
        query = self.here(select(Leave.id, Leave.first, Leave.begins_on), Leave)
        return self.session.execute(query.order_by(Leave.id)).all()

    def overlapping(self) -> Sequence[AnyRow]:
        """Return leaves that share a half-day with an earlier one of the same person."""
        other: Any = aliased(Leave)
        query = (
            select(Leave.id, Leave.staff_id, other.id.label("other"))
            .join(other, and_(other.county_id == Leave.county_id, other.staff_id == Leave.staff_id))
            .where(Leave.state.in_(_ACTIVE), other.state.in_(_ACTIVE), other.id < Leave.id)
            .where(Leave.first <= other.reach, other.first <= Leave.reach)
        )
        return self.session.execute(self.here(query, Leave).order_by(Leave.id)).all()

    def own(self) -> Sequence[AnyRow]:
        """Return decisions that somebody took on his own leave."""
        query = (
            select(LeaveAsk.id, LeaveAsk.leave_id, LeaveAsk.approver_id)
            .join(Leave, same(Leave, LeaveAsk.leave_id, LeaveAsk))
            .where(LeaveAsk.approver_id == Leave.staff_id)
        )
        return self.session.execute(self.here(query, LeaveAsk).order_by(LeaveAsk.id)).all()

    def undecided(self) -> Sequence[AnyRow]:
        """Return leaves that stand as approved and were not, or wait though they were decided."""

        def first(*states: AskState) -> Any:
            codes = [state.code for state in states]
            asked = (owns(LeaveAsk, LeaveAsk.leave_id, Leave), LeaveAsk.number == 1)
            return exists().where(*asked, LeaveAsk.state.in_(codes))

        wrong = or_(
            and_(Leave.state.in_(_GRANTED), not_(first(AskState.APPROVED))),
            and_(Leave.state == LeaveState.SUBMITTED.code, not_(first(AskState.SUBMITTED))),
        )
        query = self.here(select(Leave.id).where(wrong), Leave)
        return self.session.execute(query.order_by(Leave.id)).all()
