"""A district with its four leaders, and calls that the tests of team and links share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from tests.registry.posts import DAY, PLACE, appoint, at
from xuequ import District, Post
from xuequ.registry.schemas.places import SchoolClosing, SchoolOpening
from xuequ.registry.states.places import SchoolKind
from xuequ.testing import make_district
from xuequ.unified.leadership.schemas.links import LinkLine, LinksDrawing, RedrawPreparing

P, S, A, G = (
    Post.PRINCIPAL,
    Post.PARTY_SECRETARY,
    Post.ACADEMIC_DIRECTOR,
    Post.GENERAL_AFFAIRS_DIRECTOR,
)
TEAM = {P: "s1-T1", S: "s1-T2", A: "s2-T1", G: "s2-T2"}
PLAN = {"s1": P, "s2": S, "s3": A, "s4": G, "s5": A}
"""Five schools: the academic director has two."""


def make_team(session: Session, place: str = PLACE, schools: int = 5) -> District:
    """Make a district whose four leaders hold their posts from the first day."""
    door = make_district(session, place, schools=schools, pupils=0, staff=3)
    if place == PLACE:
        for post, who in TEAM.items():
            appoint(door, who, post)
    return door


def drawing(plan: Mapping[str, Post], since: date = DAY) -> LinksDrawing:
    lines = tuple(LinkLine(school=school, post=post) for school, post in plan.items())
    return LinksDrawing(since=since, links=lines)


def redraw(plan: Mapping[str, Post], since: date, *closing: str) -> RedrawPreparing:
    return RedrawPreparing(since=since, links=drawing(plan or PLAN, since).links, closing=closing)


def draw(door: District, plan: Mapping[str, Post] = PLAN, since: date = DAY) -> None:
    door.leadership.links.draw_links(drawing(plan, since))


def linked(door: District, on: date) -> dict[str, Post]:
    return {one.school: one.post for one in door.leadership.links.links(on)}


def who(door: District, on: date) -> dict[str, str]:
    return {one.school: one.staff_no.removeprefix("qianfeng-") for one in door.leadership.links.links(on)}


def school_id(door: District, code: str) -> int:
    return next(one.id for one in door.registry.schools() if one.code == code)


def open_school(door: District, code: str, on: date) -> None:
    opening = SchoolOpening(code=code, name=f"{code}教学点", kind=SchoolKind.TEACHING_POINT, opened_on=on)
    door.registry.places.open_school(opening)


def close_school(door: District, code: str, on: date) -> None:
    """Close a school whose staff and premises go to s1."""
    s1 = school_id(door, "s1")
    closing = SchoolClosing(
        school_id=school_id(door, code), on=on, authority="县教〔2026〕8号", staff_to=s1, pupils_to=s1
    )
    at(door, on).registry.mergers.close_school(closing)
