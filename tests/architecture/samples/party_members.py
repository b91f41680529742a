"""Samples of the branch and its members."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import ELSEWHERE, maker, staff_id
from xuequ.core.access import Actor
from xuequ.district import District
from xuequ.registry.models.staff import Staff
from xuequ.testing.factories import SETTINGS
from xuequ.unified.party.schemas.members import (
    Admission,
    BranchFoundation,
    CommitteeSeating,
    GroupForming,
    MemberEnding,
    MemberEntry,
    Seat,
    Suspension,
)
from xuequ.unified.party.schemas.transfers import LetterIssuing, TakingIn
from xuequ.unified.party.states.members import MemberExit, MemberState, Office

DAY, FOUNDED, JOINED = date(2026, 9, 1), date(2019, 7, 1), date(2010, 6, 20)
NO = "镇党发〔2026〕1号"


def founding() -> BranchFoundation:
    return BranchFoundation(name="支部", superior="镇党委", since=FOUNDED, full_members=3, authority=NO)


def branch(door: Any) -> Any:
    """Return the members' service of a district that has a branch."""
    members = maker(door).party.members
    members.found_branch(founding())
    return members


def group_id(door: Any) -> int:
    return int(branch(door).form_group(GroupForming(name="第一党小组", since=FOUNDED)))


def person_id(door: Any, district: str = "qianfeng") -> int:
    """Return the person of the member of staff of school s1 of a district."""
    query = select(Staff.person_id).where(Staff.staff_no == f"{district}-s1-T1")
    return int(door.context.session.scalars(query).one())


def entry(door: Any, state: MemberState = MemberState.FULL) -> MemberEntry:
    full = date(2011, 6, 20) if state is MemberState.FULL else None
    return MemberEntry(person_id=person_id(door), state=state, joined_on=JOINED, full_on=full)


def member_id(door: Any, state: MemberState = MemberState.FULL) -> int:
    """Return a member in a branch."""
    return int(branch(door).enter_members([entry(door, state)])[0])


def in_group(door: Any) -> tuple[Any, ...]:
    """Return a group and a member of it."""
    members = branch(door)
    group = members.form_group(GroupForming(name="第一党小组", since=FOUNDED))
    with_group = entry(door).model_copy(update={"group_id": group})
    return group, members.enter_members([with_group])[0]


def seating(door: Any) -> CommitteeSeating:
    seat = Seat(member_id=member_id(door), office=Office.SECRETARY)
    return CommitteeSeating(since=DAY, seats=(seat,), authority=NO)


def seated(door: Any) -> int:
    """Return a member who sits in the committee."""
    command = seating(door)
    maker(door).party.members.seat_committee(command)
    return command.seats[0].member_id


def issuing(door: Any) -> LetterIssuing:
    one = member_id(door)
    return LetterIssuing(member_id=one, number="1", to_outside="外县支部", issued_on=DAY, valid_days=30)


def letter_id(door: Any) -> int:
    """Return a letter that goes out of the county."""
    command = issuing(door)
    return maker(door).party.members.issue_transfer(command)


def incoming(door: Any) -> int:
    """Return a letter that comes from the other district of the county."""
    branch(door)
    session = door.context.session
    there = District(session, ELSEWHERE, actor=Actor.system("sample"), settings=SETTINGS).party.members
    there.found_branch(founding())
    stranger = MemberEntry(person_id=person_id(door, "dasi"), joined_on=JOINED, full_on=date(2011, 6, 20))
    one = there.enter_members([stranger])[0]
    command = LetterIssuing(member_id=one, number="1", to_district="qianfeng", issued_on=DAY, valid_days=30)
    return there.issue_transfer(command)


def taking(door: Any) -> TakingIn:
    branch(door)
    return TakingIn(
        person_id=person_id(door),
        joined_on=JOINED,
        full_on=date(2011, 6, 20),
        from_outside="外县支部",
        number="1",
        issued_on=DAY,
        valid_days=30,
        on=DAY,
    )


def admission(door: Any) -> Admission:
    branch(door)
    return Admission(person_id=person_id(door), on=DAY, authority=NO)


def suspended(door: Any) -> int:
    one = member_id(door)
    lost = Suspension(lost_since=date(2026, 1, 1), on=date(2026, 8, 1), authority=NO)
    maker(door).party.members.suspend(one, lost)
    return one


def away(door: Any) -> int:
    one = member_id(door)
    maker(door).party.members.record_away(one, "省城", date(2026, 8, 1))
    return one


def entries(door: Any) -> list[MemberEntry]:
    branch(door)
    return [entry(door)]


def forming(door: Any) -> GroupForming:
    branch(door)
    return GroupForming(name="第二党小组", since=FOUNDED)


def placing(door: Any) -> tuple[Any, ...]:
    group = group_id(door)
    return group, maker(door).party.members.enter_members([entry(door)])


def _read(door: Any) -> tuple[Any, ...]:
    branch(door)
    return (DAY,)


_PROBATIONARY = MemberState.PROBATIONARY
_ENDING = MemberEnding(exit=MemberExit.DIED, on=DAY, authority=NO)
_SUSPENSION = Suspension(lost_since=date(2026, 1, 1), on=DAY, authority=NO)

SAMPLES: dict[str, Sample] = {
    "party.members.found_branch": lambda door: (founding(),),
    "party.members.form_group": lambda door: (forming(door),),
    "party.members.assign_schools": lambda door: (group_id(door), ["s1"], DAY),
    "party.members.place_in_group": placing,
    "party.members.name_leader": in_group,
    "party.members.seat_committee": lambda door: (seating(door),),
    "party.members.fill_seat": lambda door: (member_id(door), Office.SECRETARY, DAY),
    "party.members.vacate_seat": lambda door: (seated(door), date(2026, 9, 2)),
    "party.members.enter_members": lambda door: (entries(door),),
    "party.members.keep_records": lambda door: (1,),
    "party.members.follow_placement": lambda door: ([staff_id(door)], DAY),
    "party.members.admit_probationary": lambda door: (admission(door),),
    "party.members.confirm_full": lambda door: (member_id(door, _PROBATIONARY), DAY, NO),
    "party.members.extend_probation": lambda door: (member_id(door, _PROBATIONARY), 6, DAY),
    "party.members.cancel_probationary": lambda door: (member_id(door, _PROBATIONARY), DAY, NO),
    "party.members.end_membership": lambda door: (member_id(door), _ENDING),
    "party.members.suspend": lambda door: (member_id(door), _SUSPENSION),
    "party.members.restore": lambda door: (suspended(door), DAY, NO),
    "party.members.issue_transfer": lambda door: (issuing(door),),
    "party.members.receive_transfer": lambda door: (incoming(door), DAY),
    "party.members.confirm_received_outside": lambda door: (letter_id(door), DAY),
    "party.members.return_transfer": lambda door: (letter_id(door), "退回", DAY),
    "party.members.take_in": lambda door: (taking(door),),
    "party.members.record_away": lambda door: (member_id(door), "省城", DAY),
    "party.members.end_away": lambda door: (away(door), DAY),
    "party.members.branch": _read,
    "party.members.groups": _read,
    "party.members.committee": _read,
    "party.members.roster": _read,
    "party.members.group_roster": lambda door: (group_id(door), DAY),
    "party.members.membership": lambda door: (member_id(door),),
    "party.members.transfers": lambda door: (),
    "party.members.branch_roster": _read,
    "party.members.alarms": _read,
    "party.members.year_flow": lambda door: (2026,),
    "party.members.cultivation": _read,
}
