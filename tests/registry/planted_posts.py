"""Defects of posts, planted past the use cases: one for each data check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from tests.registry.posts import COUNTY, DAY, DECEMBER, PLACE, appoint, lend, staff_id
from xuequ import District, Post
from xuequ.core.ids import new_id
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.testing.factories import MAKER, SETTINGS


def plant(session: Session, *posts: str, **values: Any) -> None:
    """Insert appointments of the first teacher of school s1."""
    door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
    scope, one = door.context.scope, staff_id(door, "qianfeng-s1-T1")
    for post in posts:
        row: dict[str, Any] = {"county_id": scope.county_id, "id": new_id(), "district_id": scope.district_id}
        row |= {"school_id": None, "staff_id": one, "post": post, "place": PLACE, "since": DAY}
        row |= {"seat": f"{post}@{PLACE}", "until": None, "acting": False, "authority": "文", "ended": None}
        session.execute(insert(Appointment).values(row | values))


def without_its_seat(session: Session) -> None:
    plant(session, "cashier", seat=None)


def at_another_place(session: Session) -> None:
    plant(session, "cashier", place=f"{COUNTY}/dasi", seat=f"cashier@{COUNTY}/dasi")


def before_the_employment(session: Session) -> None:
    plant(session, "cashier", since=date(2020, 1, 1))


def two_duties(session: Session) -> None:
    plant(session, "cashier", "accountant")


def lent_for_ever(session: Session) -> None:
    door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
    made = appoint(door, "qianfeng-s1-T1", Post.PRINCIPAL, until=DECEMBER)
    lend(door, made.id, "qianfeng-s2-T1")
    session.execute(update(Delegation).values(until=None))


PLANTED: dict[str, Callable[[Session], None]] = {
    "registry.seats_hold_one": without_its_seat,
    "registry.appointments_are_placed": at_another_place,
    "registry.appointees_are_employed": before_the_employment,
    "registry.duties_are_kept_apart": two_duties,
    "registry.delegations_lie_in_their_appointment": lent_for_ever,
}
"""Data check → what it must find, and no other check."""
