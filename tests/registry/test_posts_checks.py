"""Data checks of posts: each defect is planted past the constraints and found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from tests.registry.posts import (
    COUNTY,
    DAY,
    DECEMBER,
    PLACE,
    appoint,
    lend,
    staff_id,
)
from xuequ import District, Post
from xuequ.core.ids import new_id
from xuequ.embed import run_data_checks
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Employment
from xuequ.testing import make_district


@pytest.fixture
def door(session: Session) -> District:
    """A district with the schools s1 and s2, and T1, T2, T3 at each."""
    return make_district(session, PLACE, schools=2, pupils=0, staff=3)


Row = dict[str, Any]


def planted(door: District, who: str, **values: Any) -> Row:
    scope = door.context.scope
    row: Row = {"county_id": scope.county_id, "id": new_id(), "district_id": scope.district_id}
    row |= {"school_id": None, "staff_id": staff_id(door, who), "post": "cashier", "place": PLACE}
    row |= {"seat": f"{values.get('post', 'cashier')}@{PLACE}", "since": DAY, "until": None}
    return row | {"acting": False, "authority": "文", "ended": None} | values


def no_seat(door: District) -> list[Row]:
    return [planted(door, "s1-T1", seat=None)]


def before_employment(door: District) -> list[Row]:
    return [planted(door, "s1-T1", since=date(2020, 1, 1))]


def outside_their_place(door: District) -> list[Row]:
    return [planted(door, "s1-T1", place=f"{COUNTY}/dasi", seat=f"cashier@{COUNTY}/dasi")]


def two_duties(door: District) -> list[Row]:
    return [planted(door, "s1-T1"), planted(door, "s1-T1", post="accountant")]


@pytest.mark.parametrize(
    ("check", "rows"),
    [
        ("registry.seats_hold_one", no_seat),
        ("registry.appointments_are_placed", outside_their_place),
        ("registry.appointees_are_employed", before_employment),
        ("registry.duties_are_kept_apart", two_duties),
    ],
)
def test_a_planted_defect_is_found_and_a_sound_district_has_none(
    door: District, check: str, rows: Callable[[District], list[Row]]
) -> None:
    session = door.context.session
    made = appoint(door, "s2-T1", Post.PRINCIPAL)
    appoint(door, "s2-T2", Post.SCHOOL_HEAD, school="s2")
    lend(door, made.id, "s2-T3", school="s1")
    (before,) = run_data_checks(session, PLACE, only=check)
    session.execute(insert(Appointment), rows(door))
    (after,) = run_data_checks(session, PLACE, only=check)
    assert before.findings == ()
    assert after.findings is not None
    assert len(after.findings) == 1 and after.findings[0].table == "xq_registry_appointment"


def test_appointments_that_outlast_an_employment_are_found(door: District) -> None:
    session = door.context.session
    appoint(door, "s1-T1", Post.PRINCIPAL)
    session.execute(update(Employment).values(until=DECEMBER))
    (found,) = run_data_checks(session, PLACE, only="registry.appointees_are_employed")
    assert found.findings is not None and len(found.findings) == 1


@pytest.mark.parametrize(
    "wrong", [{"until": None}, {"since": DAY - timedelta(9)}, {"place": "530921/qianfeng2"}]
)
def test_powers_lent_beyond_the_appointment_are_found(door: District, wrong: dict[str, Any]) -> None:
    session = door.context.session
    made = appoint(door, "s1-T1", Post.PRINCIPAL, until=DECEMBER)
    lend(door, made.id, "s1-T2")
    check = "registry.delegations_lie_in_their_appointment"
    (before,) = run_data_checks(session, PLACE, only=check)
    session.execute(update(Delegation).values(wrong))
    (after,) = run_data_checks(session, PLACE, only=check)
    assert before.findings == () and after.findings is not None and len(after.findings) == 1


def test_a_seat_shared_past_the_constraint_is_found(door: District) -> None:
    session = door.context.session
    dialect = session.get_bind().dialect.name
    appoint(door, "s1-T1", Post.PRINCIPAL)
    if dialect == "postgresql":
        session.connection().exec_driver_sql(
            "ALTER TABLE xq_registry_appointment DROP CONSTRAINT ex_xq_registry_appointment_seat"
        )
    else:
        session.connection().exec_driver_sql("DROP TRIGGER ex_xq_registry_appointment_seat_insert")
    session.execute(insert(Appointment), [planted(door, "s2-T1", post="principal")])
    (found,) = run_data_checks(session, PLACE, only="registry.seats_hold_one")
    assert found.findings is not None and len(found.findings) == 1
