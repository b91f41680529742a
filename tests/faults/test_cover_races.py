"""Cover arranged at once: one lesson has one substitute, one substitute is at one school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.teaching.ground import (
    LEAVE,
    MONDAY,
    approve,
    approved,
    assign,
    at,
    make,
    need,
    tell,
    whole,
)
from xuequ import District, XuequError
from xuequ.standards.codes.schooling import Subject
from xuequ.unified.teaching.models.cover import CoverAssignment, CoverNeed

Act = Callable[[District], object]


def prepare(engine: Engine) -> District:
    """Make a district in which a teacher of each of two schools is away."""
    with Session(engine) as session:
        door = make(session)
        approve(door, "s1-T1", whole(MONDAY))
        approve(door, "s2-T1", whole(MONDAY), LEAVE + 1)
        session.commit()
        return door


def together(engine: Engine, acts: list[Act]) -> Counter[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(act: Act) -> str:
        with Session(engine) as session:
            door = at(session)
            ready.wait()
            try:
                act(door)
                session.commit()
            except XuequError as error:
                return error.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(do, acts))


def standing(engine: Engine) -> int:
    with Session(engine) as session:
        query = select(func.count()).select_from(CoverAssignment).where(CoverAssignment.ended.is_(None))
        return session.scalar(query) or 0


def test_of_many_who_are_assigned_to_one_lesson_at_once_one_is(engine: Engine) -> None:
    prepare(engine)
    with Session(engine) as session:
        view = need(at(session), MONDAY, Subject.CHINESE)
    people = ["s1-T2", "s1-T4", "s2-T4", "s1-T2", "s1-T4", "s2-T4"]
    came = together(engine, [lambda door, who=who: assign(door, view, who) for who in people])  # type: ignore[misc]
    assert came == {"done": 1, "teaching.need_covered": 5}
    assert standing(engine) == 1


def test_one_substitute_assigned_at_two_schools_at_once_goes_to_one(engine: Engine) -> None:
    prepare(engine)
    with Session(engine) as session:
        here = need(at(session), MONDAY, Subject.CHINESE)
        there = need(at(session), MONDAY, Subject.CHINESE, who="s2-T1")
    came = together(engine, [lambda door, view=view: assign(door, view, "s1-T4") for view in (here, there)])  # type: ignore[misc]
    assert came == {"done": 1, "teaching.substitute_elsewhere": 1}
    assert standing(engine) == 1


def test_a_substitute_who_goes_on_leave_while_being_assigned_covers_nothing(engine: Engine) -> None:
    door = prepare(engine)
    with Session(engine) as session:
        door = at(session)
        view = need(door, MONDAY, Subject.CHINESE)
        fact = approved(door, "s1-T4", whole(MONDAY), LEAVE + 2)
    came = together(engine, [lambda one: assign(one, view, "s1-T4"), lambda one: tell(one, fact)])
    assert came["done"] + came["teaching.substitute_away"] == 2
    assert standing(engine) == 0
    with Session(engine) as session:
        state = session.scalar(select(CoverNeed.state).where(CoverNeed.id == view.id))
    assert state == "open"


def test_a_lesson_that_is_released_while_being_assigned_is_not_covered(engine: Engine) -> None:
    prepare(engine)
    with Session(engine) as session:
        door = at(session)
        view = need(door, MONDAY, Subject.CHINESE)
        fact = approved(door, "s1-T1", [])
    came = together(engine, [lambda one: assign(one, view, "s1-T4"), lambda one: tell(one, fact)])
    assert came["done"] + came["teaching.need_released"] == 2
    assert standing(engine) == 0
