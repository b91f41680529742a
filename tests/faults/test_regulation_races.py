"""Regulations and rosters under several callers at once: one effect, and a clear answer for the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.registry.posts import number, staff_id
from tests.unified.leadership.ledger_office import NOVEMBER, OCTOBER, PLACE, as_, office
from tests.unified.leadership.rulebook import (
    LATER_TEXT,
    deliberate,
    draft,
    issued,
    issuing,
    register,
)
from xuequ import Actor, District, Post, XuequError
from xuequ.core.journal import FactRow
from xuequ.registry.schemas.posts import HandingOver
from xuequ.registry.states.calendar import DayHalf
from xuequ.testing.factories import DAY, MAKER, SETTINGS
from xuequ.unified.leadership.models.acknowledgements import Acknowledgement
from xuequ.unified.leadership.models.duties import DutyTurn
from xuequ.unified.leadership.models.regulations import RegulationVersion
from xuequ.unified.leadership.schemas.duties import DutyAssignment, DutyReplacement
from xuequ.unified.leadership.schemas.regulations import Drafting
from xuequ.unified.leadership.schemas.safety import DrillRecord
from xuequ.unified.leadership.states.safety import DrillKind

Act = Callable[[District], object]
HEAD = Actor(number("s1-T1"))


def together(engine: Engine, acts: list[tuple[Actor, Act]]) -> Counter[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(one: tuple[Actor, Act]) -> str:
        actor, act = one
        with Session(engine) as session:
            door = District(session, PLACE, actor=actor, settings=SETTINGS)
            ready.wait()
            try:
                act(door)
                session.commit()
            except XuequError as error:
                return error.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(do, acts))


def prepared(engine: Engine, make: Callable[[District], int]) -> int:
    """Make a district and one record in it; return the record's id."""
    with Session(engine) as session:
        made = make(office(session))
        session.commit()
        return made


def count(engine: Engine, what: object) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).where(what)) or 0  # type: ignore[arg-type]


def announced(engine: Engine, name: str) -> int:
    return count(engine, FactRow.name == f"leadership.{name}")


def test_of_two_who_issue_one_version_at_once_one_does(engine: Engine) -> None:
    def make(door: District) -> int:
        version = draft(door, register(door))
        return deliberate(door, version.id).id

    version_id = prepared(engine, make)

    def issue(since: date) -> Act:
        return lambda door: door.leadership.regulations.issue(version_id, issuing(since))

    acts = [(MAKER, issue(since)) for since in (DAY, OCTOBER, NOVEMBER, DAY)]
    assert together(engine, acts) == {"done": 1, "core.illegal_transition": 3}
    assert announced(engine, "version_issued") == 1
    assert count(engine, Acknowledgement.version_id == version_id) == 2


def test_a_text_changed_while_it_is_issued_is_not_issued_unpassed(engine: Engine) -> None:
    def make(door: District) -> int:
        version = draft(door, register(door))
        return deliberate(door, version.id).id

    version_id = prepared(engine, make)
    changed = Drafting(text_sha256=LATER_TEXT)
    acts: list[tuple[Actor, Act]] = [
        (MAKER, lambda door: door.leadership.regulations.issue(version_id, issuing())),
        (MAKER, lambda door: door.leadership.regulations.redraft(version_id, changed)),
    ]
    assert together(engine, acts) == {"done": 1, "core.illegal_transition": 1}
    with Session(engine) as session:
        row = session.scalars(select(RegulationVersion)).one()
        assert (row.state == "issued") == (row.text_sha256 != LATER_TEXT)


def test_two_versions_drafted_at_once_are_one(engine: Engine) -> None:
    regulation_id = prepared(engine, register)
    acts: list[tuple[Actor, Act]] = [(MAKER, lambda door: draft(door, regulation_id))] * 4
    assert together(engine, acts) == {"done": 1, "leadership.version_in_the_making": 3}


def test_of_several_signatures_of_one_school_one_counts(engine: Engine) -> None:
    def make(door: District) -> int:
        version_id = issued(door, register(door), DAY).id
        as_(door, "s1-T1").leadership.acknowledgements.read(version_id, "s1")
        return version_id

    version_id = prepared(engine, make)

    def sign(door: District) -> object:
        return door.leadership.acknowledgements.sign(version_id, "s1")

    stranger = Actor(number("s1-T2"))  # the principal, who does not head the school
    came = together(engine, [(HEAD, sign), (HEAD, sign), (stranger, sign), (HEAD, sign)])
    assert came["done"] == 1
    assert set(came) <= {"done", "leadership.signed_already", "leadership.not_the_signer"}
    assert announced(engine, "version_acknowledged") == 1


def test_a_head_and_the_successor_who_sign_at_once_give_one_signature(engine: Engine) -> None:
    """Both head the school today by turns: whoever's appointment is seen signs, and never both."""

    def make(door: District) -> int:
        version_id = issued(door, register(door), DAY).id
        as_(door, "s1-T1").leadership.acknowledgements.read(version_id, "s1")
        return version_id

    version_id = prepared(engine, make)
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
        held = door.registry.posts.holder(Post.SCHOOL_HEAD, "s1")
        assert held is not None
        to = HandingOver(staff_id=staff_id(door, "s1-T3"), on=date(2026, 9, 2), authority="文")

    def both(door: District) -> object:
        door.leadership.acknowledgements.read(version_id, "s1")
        return door.leadership.acknowledgements.sign(version_id, "s1")

    came = together(
        engine,
        [
            (HEAD, both),
            (MAKER, lambda door: door.registry.posts.hand_over(held.id, to)),
            (Actor(number("s1-T3")), both),
            (HEAD, both),
        ],
    )
    assert came["done"] == 2  # the handing over, and one signature
    assert announced(engine, "version_acknowledged") == 1


def test_nobody_is_put_on_duty_twice_by_two_at_once(engine: Engine) -> None:
    who = prepared(engine, lambda door: staff_id(door, "s1-T3"))
    duty = DutyAssignment(school="s1", day=OCTOBER, half=DayHalf.AM, staff_id=who)
    acts: list[tuple[Actor, Act]] = [(HEAD, lambda door: door.leadership.duties.assign([duty]))] * 4
    assert together(engine, acts) == {"done": 1, "leadership.on_duty_already": 3}
    assert count(engine, DutyTurn.staff_id == who) == 1


def test_a_duty_handed_over_by_two_at_once_is_handed_over_once(engine: Engine) -> None:
    people: list[int] = []

    def make(door: District) -> int:
        people.extend(staff_id(door, who) for who in ("s1-T2", "s1-T4"))
        duty = DutyAssignment(school="s1", day=OCTOBER, half=DayHalf.AM, staff_id=staff_id(door, "s1-T3"))
        return door.leadership.duties.assign([duty])[0].id

    duty_id = prepared(engine, make)

    def hand_over(to: int) -> Act:
        command = DutyReplacement(staff_id=to, reason="公出")
        return lambda door: door.leadership.duties.hand_over(duty_id, command)

    came = together(engine, [(HEAD, hand_over(one)) for one in people])
    assert came == {"done": 1, "leadership.ledger_row_voided": 1}
    assert count(engine, DutyTurn.voided_at.is_(None) & (DutyTurn.id > 0)) == 1


def test_a_drill_recorded_by_two_at_once_is_recorded_once(engine: Engine) -> None:
    prepared(engine, lambda door: 0)
    drill = DrillRecord(school="s1", kind=DrillKind.FIRE, held_on=DAY, participants=40, minutes=4)
    acts: list[tuple[Actor, Act]] = [(HEAD, lambda door: door.leadership.safety.record_drills([drill]))] * 3
    assert together(engine, acts) == {"done": 1, "leadership.drill_known": 2}
