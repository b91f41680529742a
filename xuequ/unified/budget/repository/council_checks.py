"""Queries of the council's data checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import BigInteger, and_, case, func, or_, select, type_coerce
from sqlalchemy.sql.elements import ColumnElement

from xuequ.registry.repository.basis import AnyRow, Rows
from xuequ.unified.budget.models.council import (
    CouncilAttendance,
    CouncilMeeting,
    CouncilMember,
    DecisionDraw,
    DecisionItem,
)
from xuequ.unified.budget.states.council import DrawWay, ItemState


class CouncilCheckRows(Rows):
    """What must be so of the council's items, asked of the rows themselves."""

    def undrawn(self) -> Sequence[AnyRow]:
        """Return items of which something else is drawn than their book comes to."""
        item, entry = DecisionItem, DecisionDraw
        fen: Any = type_coerce(entry.amount, BigInteger)
        signed = case((entry.way == DrawWay.DRAW.value, fen), else_=-fen)
        booked = cast("ColumnElement[int]", func.coalesce(func.sum(signed), 0))
        query = (
            select(item.id, item.subject, item.drawn, booked.label("booked"))
            .outerjoin(entry, and_(entry.county_id == item.county_id, entry.item_id == item.id))
            .group_by(item.id, item.subject, item.drawn)
        )
        found = self.session.execute(self.here(query, item).order_by(item.id)).all()
        return [row for row in found if row.drawn.fen != int(row.booked)]

    def voted(self) -> Sequence[AnyRow]:
        """Return the items that a meeting voted on, with its day and how many should and did attend."""
        item, roll = DecisionItem, CouncilAttendance
        columns = (item.id, item.subject, item.state, item.due, item.present, item.yes, item.no, item.abstain)
        came = func.sum(case((roll.mark == "present", 1), else_=0))
        query = (
            select(*columns, CouncilMeeting.day, func.count(roll.id).label("entitled"), came.label("came"))
            .join(
                CouncilMeeting,
                and_(CouncilMeeting.county_id == item.county_id, CouncilMeeting.id == item.meeting_id),
            )
            .outerjoin(roll, and_(roll.county_id == item.county_id, roll.meeting_id == item.meeting_id))
            .where(item.state.in_([ItemState.ADOPTED.value, ItemState.REJECTED.value]))
            .group_by(*columns, CouncilMeeting.day)
        )
        return self.session.execute(self.here(query, item).order_by(item.id)).all()

    def strangers(self) -> Sequence[AnyRow]:
        """Return who is on the roll of a meeting and did not sit on the council on its day."""
        roll, meeting, seat = CouncilAttendance, CouncilMeeting, CouncilMember
        sat = and_(
            seat.county_id == roll.county_id,
            *(seat.staff_id == roll.staff_id, seat.district_id == meeting.district_id),
            *(seat.since <= meeting.day, or_(seat.until.is_(None), seat.until > meeting.day)),
        )
        query = (
            select(roll.id, roll.staff_id, meeting.year, meeting.number)
            .join(meeting, and_(meeting.county_id == roll.county_id, meeting.id == roll.meeting_id))
            .outerjoin(seat, sat)
            .where(seat.id.is_(None))
        )
        return self.session.execute(self.here(query, meeting).order_by(roll.id)).all()
