"""Defects of meetings and votes, planted past the use cases: one for each data check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from xuequ import District
from xuequ.registry.models.staff import Staff
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.party.models.meetings import Roll
from xuequ.unified.party.models.members import Affiliation
from xuequ.unified.party.models.votes import Vote
from xuequ.unified.party.schemas.meetings import MeetingHolding, MeetingPlan
from xuequ.unified.party.schemas.members import BranchFoundation, MemberEntry
from xuequ.unified.party.schemas.votes import TallyCount, VoteRecord
from xuequ.unified.party.states.meetings import MeetingKind
from xuequ.unified.party.states.votes import VoteKind

FOUNDED, DAY = date(2019, 7, 1), date(2026, 9, 1)


def voted(session: Session) -> int:
    """Let three full members meet and pass a resolution; return the vote's id."""
    party = District(session, "530921/qianfeng", actor=MAKER, settings=SETTINGS).party
    named = BranchFoundation(name="支部", superior="镇党委", since=FOUNDED, full_members=3, authority="文")
    party.members.found_branch(named)
    people = session.scalars(
        select(Staff.person_id).where(Staff.staff_no.startswith("qianfeng-")).order_by(Staff.staff_no)
    ).all()
    joined, full = date(2010, 6, 20), date(2011, 6, 20)
    entries = [MemberEntry(person_id=one, joined_on=joined, full_on=full) for one in people[:3]]
    ids = party.members.enter_members(entries)
    plan = MeetingPlan(number="1", kind=MeetingKind.BRANCH, planned_on=DAY, topic="题")
    (meeting_id,) = party.meetings.plan_meetings([plan])
    holding = MeetingHolding(held_on=DAY, agenda="学习", present=tuple(ids))
    party.meetings.hold(meeting_id, holding)
    cast = TallyCount(yes=len(ids))
    record = VoteRecord(meeting_id=meeting_id, kind=VoteKind.ORDINARY, matter="议题", cast=cast)
    return party.votes.record_vote(record).id


def stranger_on_the_roll(session: Session) -> None:
    voted(session)
    one = session.scalars(select(Roll.member_id).order_by(Roll.member_id)).first()
    later = {"since": date(2026, 9, 2)}
    session.execute(update(Affiliation).where(Affiliation.member_id == one).values(**later))


def more_voters_than_members(session: Session) -> None:
    session.execute(update(Vote).where(Vote.id == voted(session)).values(due=4))


def passed_by_too_few(session: Session) -> None:
    session.execute(update(Vote).where(Vote.id == voted(session)).values(yes=1, no=2))


PLANTED: dict[str, Callable[[Session], None]] = {
    "party.attendance_within_those_due": stranger_on_the_roll,
    "party.tallies_within_those_entitled": more_voters_than_members,
    "party.votes_agree_with_their_tallies": passed_by_too_few,
}
"""Data check → what it must find, and no other check."""
