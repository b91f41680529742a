"""Data checks of posts: every shape of a defect is found, and a sound district has none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.registry.planted_posts import PLANTED, plant
from tests.registry.posts import DAY, DECEMBER, PLACE, appoint, lend
from xuequ import District, Post
from xuequ.core.checks import Finding
from xuequ.embed import run_data_checks
from xuequ.registry.models.posts import Delegation
from xuequ.registry.models.staff import Employment
from xuequ.testing import make_district


@pytest.fixture
def door(session: Session) -> District:
    """A district with the schools s1 and s2, and T1, T2, T3 at each."""
    return make_district(session, PLACE, schools=2, pupils=0, staff=3)


def found(session: Session, check: str) -> tuple[Finding, ...] | None:
    (result,) = run_data_checks(session, PLACE, only=check)
    return result.findings


def test_nothing_is_found_in_a_sound_district(door: District) -> None:
    made = appoint(door, "s2-T1", Post.PRINCIPAL, until=DECEMBER)
    appoint(door, "s2-T2", Post.SCHOOL_HEAD, school="s2")
    lend(door, made.id, "s2-T3", school="s1")
    for check in PLANTED:
        assert found(door.context.session, check) == ()


def test_appointments_that_outlast_an_employment_are_found(door: District) -> None:
    session = door.context.session
    appoint(door, "s1-T1", Post.PRINCIPAL)
    session.execute(update(Employment).values(until=DECEMBER))
    assert len(found(session, "registry.appointees_are_employed") or ()) == 1


@pytest.mark.parametrize(
    "wrong", [{"until": None}, {"since": DAY - timedelta(9)}, {"place": "530921/qianfeng2"}]
)
def test_powers_lent_beyond_the_appointment_are_found(door: District, wrong: dict[str, Any]) -> None:
    session = door.context.session
    made = appoint(door, "s1-T1", Post.PRINCIPAL, until=DECEMBER)
    lend(door, made.id, "s1-T2")
    session.execute(update(Delegation).values(wrong))
    assert len(found(session, "registry.delegations_lie_in_their_appointment") or ()) == 1


def test_a_seat_shared_past_the_constraint_is_found(door: District) -> None:
    session = door.context.session
    appoint(door, "s2-T1", Post.PRINCIPAL)
    guard = "TRIGGER ex_xq_registry_appointment_seat_insert"
    if session.get_bind().dialect.name == "postgresql":
        guard = "CONSTRAINT ex_xq_registry_appointment_seat"
        session.connection().exec_driver_sql(f"ALTER TABLE xq_registry_appointment DROP {guard}")
    else:
        session.connection().exec_driver_sql(f"DROP {guard}")
    plant(session, "principal")
    assert len(found(session, "registry.seats_hold_one") or ()) == 1
