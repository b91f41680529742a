"""Memberships changed at once: one effect, and a clear answer for whoever comes second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.party.hall import ELSEWHERE, FULL_ON, JOINED, PLACE, TODAY, hall
from xuequ import District, XuequError
from xuequ.core.settings import FixedClock, Settings
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.party.models.members import Affiliation, Branch, CommitteeSeat, Member
from xuequ.unified.party.schemas.members import (
    Admission,
    BranchFoundation,
    CommitteeSeating,
    MemberEnding,
    MemberEntry,
    Seat,
)
from xuequ.unified.party.schemas.transfers import LetterIssuing
from xuequ.unified.party.service.members import MembersService
from xuequ.unified.party.states.members import MemberExit, Office

Act = Callable[[MembersService], object]


@dataclass(frozen=True)
class Made:
    """Two districts, committed: members and people of the first, and an open letter to the second."""

    full: tuple[int, ...]
    probationary: int
    spare: int
    letter: int


def prepare(engine: Engine) -> Made:
    with Session(engine) as session:
        here = hall(session, schools=1)
        hall(session, ELSEWHERE, full=3, probationary=0, committee=0, schools=1)
        command = LetterIssuing(
            member_id=here.full[0], number="1", to_district="dasi", issued_on=TODAY, valid_days=30
        )
        letter = here.door.party.members.issue_transfer(command)
        session.commit()
        return Made(here.full, here.probationary[0], here.spare[0], letter)


def together(engine: Engine, acts: list[tuple[str, Act]]) -> Counter[str]:
    """Do acts at once at the doors of districts, each in a transaction of its own."""
    ready, settings = Barrier(len(acts)), Settings(clock=FixedClock.at(TODAY))

    def do(placed: tuple[str, Act]) -> str:
        place, act = placed
        with Session(engine) as session:
            door = District(session, place, actor=MAKER, settings=settings)
            ready.wait()
            try:
                act(door.party.members)
                session.commit()
            except XuequError as error:
                return error.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(do, acts))


def spans(engine: Engine, member_id: int) -> list[tuple[object, object]]:
    with Session(engine) as session:
        query = select(Affiliation.since, Affiliation.until).where(Affiliation.member_id == member_id)
        return [(row.since, row.until) for row in session.execute(query.order_by(Affiliation.since))]


def test_a_transfer_received_by_many_at_once_is_received_once(engine: Engine) -> None:
    made = prepare(engine)
    came = together(engine, [(ELSEWHERE, lambda door: door.receive_transfer(made.letter, TODAY))] * 6)
    assert came == {"done": 1, "party.letter_closed": 5}
    old, new = spans(engine, made.full[0])
    assert old[1] == new[0] == TODAY and new[1] is None


def test_a_letter_is_received_or_returned_and_never_both(engine: Engine) -> None:
    made = prepare(engine)
    acts: list[tuple[str, Act]] = [
        (ELSEWHERE, lambda door: door.receive_transfer(made.letter, TODAY)),
        (PLACE, lambda door: door.return_transfer(made.letter, "退", TODAY)),
    ]
    assert together(engine, acts * 2) == {"done": 1, "party.letter_closed": 3}
    assert len(spans(engine, made.full[0])) in (1, 2)
    assert spans(engine, made.full[0])[-1][1] is None


def test_one_person_admitted_by_many_at_once_is_one_member(engine: Engine) -> None:
    made = prepare(engine)
    admission = Admission(person_id=made.spare, on=TODAY, authority="决议")
    entry = MemberEntry(person_id=made.spare, joined_on=JOINED, full_on=FULL_ON)
    acts: list[tuple[str, Act]] = [
        (PLACE, lambda door: door.admit_probationary(admission)),
        (PLACE, lambda door: door.enter_members([entry])),
        (ELSEWHERE, lambda door: door.enter_members([entry])),
    ]
    assert together(engine, acts * 2) == {"done": 1, "party.member_known": 5}
    with Session(engine) as session:
        mine = select(func.count()).select_from(Member).where(Member.person_id == made.spare)
        assert session.scalar(mine) == 1


def test_two_letters_for_one_member_at_once_are_one(engine: Engine) -> None:
    made = prepare(engine)

    def issue(number: str) -> Act:
        command = LetterIssuing(
            member_id=made.full[1], number=number, to_outside="外县", issued_on=TODAY, valid_days=30
        )
        return lambda door: door.issue_transfer(command)

    came = together(engine, [(PLACE, issue(number)) for number in "2345"])
    assert came == {"done": 1, "party.still_on_the_move": 3}


def test_a_membership_ends_once(engine: Engine) -> None:
    made = prepare(engine)
    died = MemberEnding(exit=MemberExit.DIED, on=TODAY, authority="证明")
    came = together(engine, [(PLACE, lambda door: door.end_membership(made.full[2], died))] * 4)
    assert came == {"done": 1, "party.not_in_branch": 3}


def test_committees_seated_at_once_are_one(engine: Engine) -> None:
    made = prepare(engine)

    def seat(*members: int) -> Act:
        offices = (Office.SECRETARY, Office.DEPUTY, Office.OTHER)
        seats = tuple(
            Seat(member_id=one, office=office) for one, office in zip(members, offices, strict=True)
        )
        return lambda door: door.seat_committee(CommitteeSeating(since=TODAY, seats=seats, authority="文"))

    came = together(engine, [(PLACE, seat(*made.full[1:4])), (PLACE, seat(*made.full[4:7]))])
    assert came == {"done": 1, "core.problems": 1}
    with Session(engine) as session:
        open_seats = select(func.count()).select_from(CommitteeSeat).where(CommitteeSeat.until.is_(None))
        assert session.scalar(open_seats) == 3


def test_a_district_founds_one_branch(engine: Engine) -> None:
    with Session(engine) as session:
        hall(session, schools=1)
        make_district(session, ELSEWHERE, schools=1, pupils=0, staff=1)
        session.commit()
    named = BranchFoundation(
        name="大寺学区党支部", superior="镇党委", since=TODAY, full_members=3, authority="文"
    )
    came = together(engine, [(ELSEWHERE, lambda door: door.found_branch(named))] * 4)
    assert came == {"done": 1, "party.branch_known": 3}
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Branch)) == 2
