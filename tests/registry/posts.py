"""Calls that the tests of posts share: doors on a day, people by short numbers, acts in one line."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from xuequ import Actor, County, District, Post
from xuequ.core.journal import FactRow
from xuequ.core.settings import FixedClock, Settings
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.schemas.posts import (
    Appointing,
    AppointmentView,
    Delegating,
    DelegationView,
)
from xuequ.testing.factories import MAKER

COUNTY, PLACE = "530921", "530921/qianfeng"
DAY = date(2026, 9, 1)
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def at(door: District, day: date, actor: Actor = MAKER, place: str = PLACE) -> District:
    """Open the door as somebody on a day."""
    return District(door.context.session, place, actor=actor, settings=Settings(clock=FixedClock.at(day)))


def county_door(door: District, actor: Actor = MAKER, day: date = DAY) -> County:
    return County(door.context.session, COUNTY, actor=actor, settings=Settings(clock=FixedClock.at(day)))


def number(who: str) -> str:
    """Write a staff number: ``"s1-T1"`` for ``qianfeng-s1-T1``."""
    return f"qianfeng-{who}"


def staff_id(door: District, who: str) -> int:
    found = door.context.session.scalar(select(Staff.id).where(Staff.staff_no.endswith(who)))
    assert found is not None
    return found


def command(door: District, who: str, post: Post, **more: Any) -> Appointing:
    values: dict[str, Any] = {"since": DAY, "authority": "前锋学区〔2026〕1号"} | more
    return Appointing(staff_id=staff_id(door, who), post=post, **values)


def appoint(door: District, who: str, post: Post, **more: Any) -> AppointmentView:
    return door.registry.posts.appoint(command(door, who, post, **more))


def lend(door: District, appointment_id: int, who: str, **more: Any) -> DelegationView:
    values: dict[str, Any] = {"since": DAY, "reason": "外出培训"} | more
    return door.registry.posts.delegate(appointment_id, Delegating(staff_id=staff_id(door, who), **values))


def holder(door: District, post: Post, on: date, school: str | None = None) -> str | None:
    found = door.registry.posts.holder(post, school, on)
    return None if found is None else found.staff_no.removeprefix("qianfeng-")


def facts(session: Session) -> list[str]:
    names = session.scalars(select(FactRow.name).order_by(FactRow.id))
    return [name.removeprefix("registry.") for name in names if "appoint" in name or "deleg" in name]


def move_to_bureau(door: District, who: str) -> None:
    """Let somebody be employed by the bureau itself, without a school."""
    session, one = door.context.session, staff_id(door, who)
    session.execute(
        update(Employment).where(Employment.staff_id == one).values(school_id=None, district_id=None)
    )
    session.execute(delete(Placement).where(Placement.staff_id == one))
