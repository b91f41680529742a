"""Writers racing over one person or one subject: one effect, and one clear error of ours."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.registry.staffing import (
    NOV,
    PLACE,
    SEP,
    assignment,
    certify,
    class_of,
    door,
    ending,
    placing,
    staff,
    taking_on,
    transfer,
)
from xuequ import XuequError
from xuequ.core.journal import FactRow
from xuequ.embed import run_data_checks
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.schemas.teaching import HandOver
from xuequ.registry.states.teaching import TeachingChange
from xuequ.testing import make_district

ROUNDS = 5


@pytest.fixture
def made(engine: Engine) -> Engine:
    with Session(engine) as session:
        opened = make_district(session, PLACE, schools=3, staff=3)
        for number in (1, 2, 3):
            certify(opened, staff(session, number=number), f"C{number}")
        session.commit()
    return engine


def race(engine: Engine, *acts: Callable[[Session], Any]) -> list[str]:
    """Do acts at once, each in a transaction of its own after a read; return what came of each."""
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[Session], Any]) -> str:
        with Session(engine) as session:
            session.scalar(select(func.count()).select_from(Staff))
            session.rollback()
            ready.wait()
            try:
                act(session)
                session.commit()
            except XuequError as error:
                session.rollback()
                return error.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def place(session: Session, number: int, to: str) -> None:
    door(session).registry.staff.place_staff(placing(session, staff(session, number=number), to, NOV))


def go(session: Session, number: int, end_teaching: bool = False) -> None:
    command = ending(staff(session, number=number), NOV, end_teaching=end_teaching)
    door(session).registry.staff.end_employment(command)


def move(session: Session, number: int, to: str) -> None:
    door(session).registry.staff.transfer_employment(
        transfer(session, staff(session, number=number), to, NOV)
    )


def take_on(session: Session, staff_no: str) -> None:
    door(session).registry.staff.take_on(taking_on(session, staff_no=staff_no))


def assign(session: Session, number: int) -> None:
    door(session).registry.teaching.assign_teaching(assignment(session, staff(session, number=number)))


def count(engine: Engine, model: Any, *where: Any) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def sound(engine: Engine) -> bool:
    with Session(engine) as session:
        return all(not result.findings for result in run_data_checks(session, PLACE))


@pytest.mark.parametrize(
    ("to", "refused"), [("s2", "registry.placed_already"), ("s3", "registry.placed_that_day")]
)
def test_two_who_place_the_same_person_at_once_have_one_effect(made: Engine, to: str, refused: str) -> None:
    for number in (1, 2, 3):
        outcomes = race(made, partial(place, number=number, to="s2"), partial(place, number=number, to=to))
        assert outcomes == ["done", refused]
    assert count(made, Placement) == 9 + 3
    assert count(made, FactRow, FactRow.name == "registry.staff_placed") == 3 + 3
    assert sound(made)


def test_two_who_take_the_same_number_on_have_one_effect(made: Engine) -> None:
    for number in range(ROUNDS):
        outcomes = race(made, *[partial(take_on, staff_no=f"N{number}")] * 3)
        assert outcomes == ["done", "registry.staff_known", "registry.staff_known"]
    assert count(made, Employment) == 9 + ROUNDS and sound(made)


def test_who_goes_and_who_is_sent_away_at_once_come_to_one_story(made: Engine) -> None:
    for number in (1, 2, 3):
        outcomes = race(
            made,
            partial(go, number=number),
            partial(place, number=number, to="s2"),
            partial(move, number=number, to="s3"),
        )
        assert "done" in outcomes
        assert set(outcomes) <= {
            *("done", "registry.not_employed", "registry.employment_follows"),
            *("registry.placed_already", "registry.employed_there"),
        }
        assert sound(made)


def test_two_who_assign_the_same_subject_at_once_have_one_effect(made: Engine) -> None:
    outcomes = race(made, partial(assign, number=1), partial(assign, number=2), partial(assign, number=1))
    assert outcomes == ["done", "registry.subject_taken", "registry.subject_taken"]
    assert count(made, Teaching) == 1


def test_a_subject_goes_over_once_and_never_to_who_is_leaving(made: Engine) -> None:
    with Session(made) as session:
        teaching_id = door(session).registry.teaching.assign_teaching(assignment(session, staff(session))).id
        session.commit()

    def hand_over(session: Session, to: int) -> None:
        command = HandOver(
            teaching_id=teaching_id, staff_id=staff(session, number=to), on=NOV, reason=TeachingChange.LEAVE
        )
        door(session).registry.teaching.hand_over(command)

    outcomes = race(
        made,
        partial(hand_over, to=2),
        partial(hand_over, to=3),
        partial(go, number=1, end_teaching=True),
    )
    assert outcomes.count("done") in (1, 2)
    assert set(outcomes) <= {"done", "registry.teaching_ended_already"}
    with Session(made) as session:
        spans = session.execute(select(Teaching.since, Teaching.until).order_by(Teaching.since)).all()
        assert [tuple(span) for span in spans][:1] == [(SEP, NOV)] and len(spans) <= 2
        assert len(door(session).registry.teaching.of_class(class_of(session), NOV)) == len(spans) - 1
    assert sound(made)
