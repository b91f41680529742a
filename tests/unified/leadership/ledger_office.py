"""Doors, people and calls that the tests of regulations, visits and ledgers share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.registry.posts import appoint, number
from xuequ import Actor, District, Post
from xuequ.core.access import Holding
from xuequ.core.journal import FactRow
from xuequ.core.settings import FixedClock
from xuequ.registry.models.places import School
from xuequ.standards.schemas import StandardValue
from xuequ.testing import make_district
from xuequ.testing.factories import DAY, MAKER, SETTINGS

PLACE, OTHER = "530921/qianfeng", "530921/dasi"
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
ACK_DAYS, VISITS = "leadership.acknowledge_within_days", "leadership.visits_per_term"


def on(door: District, day: date, actor: Actor = MAKER) -> District:
    """Open the door as somebody on a day."""
    settings = replace(SETTINGS, clock=FixedClock.at(day), storage=door.context.settings.storage)
    return District(door.context.session, door.context.place, actor=actor, settings=settings)


def as_(door: District, short: str, day: date = DAY) -> District:
    """Open the door as a member of staff whose posts are looked up: ``"s1-T1"`` for ``qianfeng-s1-T1``."""
    return on(door, day, Actor(number(short)))


def with_post(door: District, post: Post, place: str, day: date = DAY) -> District:
    """Open the door as somebody who holds a post by the host's word."""
    return on(door, day, Actor("T1", (Holding(post, place),)))


def facts(session: Session) -> list[str]:
    """Return the names of leadership's facts, as they were announced."""
    names = session.scalars(select(FactRow.name).order_by(FactRow.id))
    return [name.removeprefix("leadership.") for name in names if name.startswith("leadership.")]


def set_figure(door: District, key: str, value: str) -> None:
    """Let the district set a figure of its own, from its first day on."""
    command = StandardValue(key=key, value=value, since=DAY, authority="前锋学区〔2026〕1号")
    on(door, DAY).standards.record(command)


def office(session: Session) -> District:
    """Make a district of s1 and s2, with T1 as head of each; it has set its deadline and its visits.

    s1-T2 is principal, s2-T2 academic director, s2-T3 secretary; the others are plain teachers.
    """
    door = make_district(session, PLACE, schools=2, pupils=0, staff=4)
    appoint(door, "s1-T1", Post.SCHOOL_HEAD, school="s1")
    appoint(door, "s2-T1", Post.SCHOOL_HEAD, school="s2")
    appoint(door, "s1-T2", Post.PRINCIPAL)
    appoint(door, "s2-T2", Post.ACADEMIC_DIRECTOR)
    appoint(door, "s2-T3", Post.PARTY_SECRETARY)
    set_figure(door, ACK_DAYS, "10")
    set_figure(door, VISITS, "2")
    return on(door, DAY)


def make_central(door: District, code: str = "s1") -> None:
    """Let a school be the central school, as the set-up would have said."""
    door.context.session.execute(update(School).where(School.code == code).values(kind="central"))
