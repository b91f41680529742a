"""Queries of votes: tallies, and who filed an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, bindparam, select

from xuequ.core.source import Source
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, Scoped, same
from xuequ.unified.party.models.development import DevelopmentCase, DevelopmentStep
from xuequ.unified.party.models.meetings import Meeting
from xuequ.unified.party.models.votes import Vote, WrittenOpinion
from xuequ.unified.party.repository.meetings import MeetingRows
from xuequ.unified.party.states.votes import SOURCE_KIND, VoteKind


def _votes() -> AnySelect:
    return (
        select(Vote.__table__, Meeting.number)
        .join(Meeting, same(Meeting, Vote.meeting_id, Vote))
        .order_by(Vote.decided_on.desc(), Vote.id.desc())
    )


_ONE = Scoped(_votes().where(Vote.id == bindparam("id")), Vote)
_ABOUT = Scoped(
    _votes().where(
        Vote.subject_kind == bindparam("kind"),
        Vote.subject_id == bindparam("subject"),
        Vote.voided_on.is_(None),
    ),
    Vote,
)


class VoteRows(MeetingRows):
    """Votes of a district's branch."""

    def vote(self, vote_id: int) -> AnyRow | None:
        """Return one vote."""
        return self.one(_ONE, id=vote_id)

    def votes_of(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return every vote of a meeting, the voided ones too, the latest first."""
        query = _votes().where(Vote.meeting_id == meeting_id)
        return self.session.execute(self.here(query, Vote)).all()

    def decisions(self, subject: Source) -> Sequence[AnyRow]:
        """Return the votes on a record, without those that were voided, the latest first."""
        return self.all(_ABOUT, kind=subject.kind, subject=subject.id)

    def decided(self, subject: Source, kind: VoteKind, on: date) -> AnyRow | None:
        """Return the vote of a kind that was taken on a record on a day, its meeting under lock.

        Whoever voids it locks the meeting too, so what is built on the vote is seen, or it is void already.
        """
        found = next((r for r in self.decisions(subject) if (r.kind, r.decided_on) == (kind, on)), None)
        if found is None:
            return None
        self.lock_meetings([found.meeting_id])
        there = self.vote(found.id)
        return None if there is None or there.voided_on is not None else there

    def step_on(self, vote_id: int) -> AnyRow | None:
        """Return the standing step of a development case that stands on a vote, and whose case it is."""
        query = (
            select(DevelopmentStep.kind, DevelopmentStep.day, Staff.staff_no)
            .join(DevelopmentCase, same(DevelopmentCase, DevelopmentStep.case_id, DevelopmentStep))
            .outerjoin(
                Staff,
                and_(
                    Staff.county_id == DevelopmentCase.county_id,
                    Staff.person_id == DevelopmentCase.person_id,
                ),
            )
            .where(
                DevelopmentStep.vote_kind == SOURCE_KIND,
                DevelopmentStep.vote_id == vote_id,
                DevelopmentStep.voided_at.is_(None),
            )
        )
        return self.session.execute(self.here(query, DevelopmentStep)).first()

    def recorded(self, meeting_id: int, about: str) -> AnyRow | None:
        """Return the vote of a meeting on one matter, if it is recorded and not voided."""
        query = select(Vote.id, Vote.matter, Vote.passed).where(
            Vote.county_id == self.scope.county_id,
            Vote.meeting_id == meeting_id,
            Vote.about == about,
            Vote.voided_on.is_(None),
        )
        return self.session.execute(query).one_or_none()

    def opinions(self, meeting_id: int, about: str) -> dict[int, date]:
        """Return by member on which day they filed an opinion on a matter of a meeting."""
        query = select(WrittenOpinion.member_id, WrittenOpinion.filed_on).where(
            WrittenOpinion.county_id == self.scope.county_id,
            WrittenOpinion.meeting_id == meeting_id,
            WrittenOpinion.about == about,
        )
        return {row.member_id: row.filed_on for row in self.session.execute(query)}
