"""Defects of members, planted past the constraints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from xuequ import District
from xuequ.registry.models.staff import Staff
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.party.schemas.members import (
    BranchFoundation,
    CommitteeSeating,
    MemberEntry,
    Seat,
)
from xuequ.unified.party.states.members import Office

FOUNDED = date(2019, 7, 1)


def member(session: Session) -> int:
    """Found a branch with one full member who is its secretary; return the member's id."""
    members = District(session, "530921/qianfeng", actor=MAKER, settings=SETTINGS).party.members
    named = BranchFoundation(name="支部", superior="镇党委", since=FOUNDED, full_members=3, authority="文")
    members.found_branch(named)
    query = select(Staff.person_id).where(Staff.staff_no == "qianfeng-s1-T1")
    person = session.scalars(query).one()
    entry = MemberEntry(person_id=person, joined_on=date(2010, 6, 20), full_on=date(2011, 6, 20))
    (one,) = members.enter_members([entry])
    seat = Seat(member_id=one, office=Office.SECRETARY)
    members.seat_committee(CommitteeSeating(since=date(2025, 6, 1), seats=(seat,), authority="文"))
    session.flush()
    return one


def nobody_responsible(session: Session) -> None:
    one = member(session)
    session.execute(text("DELETE FROM xq_party_committee_seat WHERE member_id = :one"), {"one": one})
    ended = "UPDATE xq_party_affiliation SET until = :day WHERE member_id = :one"
    session.execute(text(ended), {"day": date(2026, 8, 1), "one": one})


def status_missing(session: Session) -> None:
    gone = "DELETE FROM xq_party_member_status WHERE state = 'full' AND member_id = :one"
    session.execute(text(gone), {"one": member(session)})


def seat_before_the_branch(session: Session) -> None:
    early = "UPDATE xq_party_committee_seat SET since = :day WHERE member_id = :one"
    session.execute(text(early), {"day": date(2018, 12, 1), "one": member(session)})


PLANTED: dict[str, Callable[[Session], None]] = {
    "party.one_responsible_branch": nobody_responsible,
    "party.status_unbroken": status_missing,
    "party.offices_in_own_branch": seat_before_the_branch,
}
