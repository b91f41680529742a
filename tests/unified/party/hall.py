"""A hall where the branch meets: a made district with its branch, members, groups and committee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ import Actor, District
from xuequ.core.settings import FixedClock, Settings
from xuequ.registry.models.places import County
from xuequ.registry.models.staff import Staff
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.party.schemas.members import (
    BranchFoundation,
    CommitteeSeating,
    GroupForming,
    MemberEntry,
    Seat,
)
from xuequ.unified.party.states.members import MemberState, Office

PLACE, ELSEWHERE = "530921/qianfeng", "530921/dasi"
FOUNDED, JOINED, FULL_ON = date(2015, 7, 1), date(2010, 6, 20), date(2011, 6, 20)
ADMITTED = date(2026, 3, 16)
"""When the probationary members were passed by the meeting."""
TODAY = date(2026, 11, 2)
SEATED = date(2025, 6, 1)
OFFICES = (
    Office.SECRETARY,
    Office.ORGANISATION,
    Office.PUBLICITY,
    Office.DISCIPLINE,
    Office.DEPUTY,
)


@dataclass(frozen=True)
class Hall:
    """What stands: the door, the branch, members by id in the order of their staff numbers, groups."""

    door: District
    branch_id: int
    full: tuple[int, ...]
    probationary: tuple[int, ...]
    groups: tuple[int, ...]
    spare: tuple[int, ...]
    """Persons among the staff who are no members."""

    @property
    def session(self) -> Session:
        return self.door.context.session

    def at(self, day: date, actor: Actor = MAKER) -> District:
        """Open the door on another day, or as somebody else."""
        settings = Settings(clock=FixedClock.at(day))
        return District(self.session, self.door.context.place, actor=actor, settings=settings)


def persons(session: Session, place: str = PLACE) -> list[int]:
    """Return the persons on the staff of a made district, by staff number."""
    county, _, district = place.partition("/")
    query = (
        select(Staff.person_id)
        .join(County, County.county_id == Staff.county_id)
        .where(County.code == county, Staff.staff_no.startswith(f"{district}-"))
    )
    return list(session.scalars(query.order_by(Staff.staff_no)))


def hall(
    session: Session,
    place: str = PLACE,
    *,
    full: int = 8,
    probationary: int = 1,
    committee: int = 3,
    schools: int = 2,
    spare: int = 2,
    today: date = TODAY,
) -> Hall:
    """Make a district whose branch is under way.

    Two groups: the first serves school s1, the second the others; every member is in the group of the own
    school. The committee are the first full members, a secretary first.

    Args:
        full, probationary: how many members of each kind.
        committee: how many of the full members sit in the committee; none makes no committee.
        schools: how many schools; the staff are spread over them.
        spare: how many more of the staff are no members.
        today: the day on which the door stands.
    """
    staff = -(-(full + probationary + spare) // schools)
    make_district(session, place, schools=schools, pupils=1, staff=staff)
    door = District(session, place, actor=MAKER, settings=Settings(clock=FixedClock.at(today)))
    people = persons(session, place)
    members = door.party.members
    named = BranchFoundation(
        name=f"{place.partition('/')[2]}学区党支部",
        superior="镇党委",
        since=FOUNDED,
        full_members=max(full, 3),
        authority="镇党发〔2015〕7号",
    )
    branch_id = members.found_branch(named).id
    others = tuple(f"s{number}" for number in range(2, schools + 1))
    groups = (
        members.form_group(GroupForming(name="第一党小组", since=FOUNDED, schools=("s1",))),
        members.form_group(GroupForming(name="第二党小组", since=FOUNDED, schools=others)),
    )
    entries = [
        MemberEntry(
            person_id=person,
            state=MemberState.FULL if number < full else MemberState.PROBATIONARY,
            joined_on=JOINED if number < full else ADMITTED,
            full_on=FULL_ON if number < full else None,
            group_id=groups[0] if number < staff else groups[1],
        )
        for number, person in enumerate(people[: full + probationary])
    ]
    ids = members.enter_members(entries)
    if committee:
        seats = tuple(Seat(member_id=one, office=OFFICES[n]) for n, one in enumerate(ids[:committee]))
        members.seat_committee(CommitteeSeating(since=SEATED, seats=seats, authority="镇党发〔2025〕3号"))
    spares = tuple(people[full + probationary :])
    return Hall(door, branch_id, tuple(ids[:full]), tuple(ids[full:]), groups, spares)
