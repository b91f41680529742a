"""What the data checks of meetings and votes ask: rolls against the branch, tallies against rolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, func, not_, or_, select

from xuequ.registry.repository.basis import AnyRow, Rows, same
from xuequ.unified.party.models.meetings import Meeting, Roll
from xuequ.unified.party.models.members import Affiliation
from xuequ.unified.party.models.votes import Vote
from xuequ.unified.party.states.meetings import Mark, MeetingState
from xuequ.unified.party.states.members import MemberState
from xuequ.unified.party.states.votes import ONE_BY_ONE

_OPINIONS = Vote.written_yes + Vote.written_no + Vote.written_abstain


class MeetingCheckRows(Rows):
    """Meetings and votes of the scope."""

    def strangers(self) -> Sequence[AnyRow]:
        """Return who is on the roll of a meeting that was held and was not of its branch that day."""
        belonged = and_(
            Affiliation.county_id == Roll.county_id,
            Affiliation.member_id == Roll.member_id,
            Affiliation.branch_id == Meeting.branch_id,
            Affiliation.since <= Meeting.held_on,
            or_(Affiliation.until.is_(None), Affiliation.until > Meeting.held_on),
        )
        there = select(Affiliation.id).where(belonged).exists()
        held = and_(Meeting.state == MeetingState.HELD.code, not_(there))
        return self._lines(held)

    def early(self) -> Sequence[AnyRow]:
        """Return who is marked as present at a meeting that was never held."""
        unheld = Meeting.held_on.is_(None)
        return self._lines(and_(unheld, Roll.mark == Mark.PRESENT.code))

    def _lines(self, wrong: Any) -> Sequence[AnyRow]:
        query = (
            select(Roll.id, Roll.member_id, Meeting.number)
            .join(Meeting, same(Meeting, Roll.meeting_id, Roll))
            .where(wrong)
            .order_by(Roll.id)
        )
        return self.session.execute(self.here(query, Meeting)).all()

    def votes(self) -> Sequence[AnyRow]:
        """Return the standing votes, with how many of the roll could vote at most, and were there."""
        full, one_by_one = Roll.state == MemberState.FULL.code, [kind.code for kind in ONE_BY_ONE]
        could = or_(full, and_(Vote.kind.not_in(one_by_one), Roll.state == MemberState.PROBATIONARY.code))
        there = and_(could, Roll.mark == Mark.PRESENT.code)
        query = (
            select(
                *(Vote.id, Vote.kind, Vote.matter, Vote.due, Vote.present, Vote.yes, Vote.written_yes),
                *(Vote.passed, Vote.decided_on),
                (Vote.yes + Vote.no + Vote.abstain + Vote.spoilt).label("cast"),
                _OPINIONS.label("written"),
                func.coalesce(func.sum(case((could, 1), else_=0)), 0).label("entitled"),
                func.coalesce(func.sum(case((there, 1), else_=0)), 0).label("came"),
            )
            .outerjoin(Roll, and_(Roll.county_id == Vote.county_id, Roll.meeting_id == Vote.meeting_id))
            .where(Vote.voided_on.is_(None))
            .group_by(*Vote.__table__.c)
            .order_by(Vote.id)
        )
        return self.session.execute(self.here(query, Vote)).all()
