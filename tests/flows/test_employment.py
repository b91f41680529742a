"""Whoever leaves holds no post any more: the employment's end, through the door, to the appointments."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.registry.posts import DAY, OCTOBER, PLACE, appoint, at, holder, lend, staff_id
from xuequ import Actor, District, Holding, Post
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.schemas.staff import EmploymentEnding
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.registry.states.staff import Exit
from xuequ.testing import make_district


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, PLACE, schools=2, pupils=0, staff=2)


def ending(door: District, who: str, on: date = OCTOBER, way: Exit = Exit.RETIRED) -> EmploymentEnding:
    return EmploymentEnding(staff_id=staff_id(door, who), exit=way, on=on, authority="县人社〔2026〕9号")


def test_a_principal_who_retires_holds_the_post_to_the_last_day_and_not_longer(door: District) -> None:
    appoint(door, "s1-T1", Post.PRINCIPAL)
    lend_to = appoint(door, "s1-T2", Post.SCHOOL_HEAD, school="s1")
    lend(door, lend_to.id, "s1-T1")
    at(door, OCTOBER).registry.staff.end_employment(ending(door, "s1-T1"))
    assert holder(door, Post.PRINCIPAL, DAY) == "s1-T1"
    assert holder(door, Post.PRINCIPAL, OCTOBER) is None
    (ended,) = door.registry.posts.history(Post.PRINCIPAL)
    assert (ended.until, ended.ended) == (OCTOBER, AppointmentEnd.RETIRED)
    assert door.registry.posts.delegations(OCTOBER) == []
    assert holder(door, Post.SCHOOL_HEAD, OCTOBER, "s1") == "s1-T2"


def test_who_may_end_an_employment_needs_no_right_to_end_posts(door: District) -> None:
    """The bureau's own post is held at the county; whoever records the leaving holds none there."""
    appoint(door, "s1-T1", Post.CASHIER)
    principal = Actor("P", (Holding(Post.PRINCIPAL, PLACE),))
    at(door, OCTOBER, principal).registry.staff.end_employment(ending(door, "s1-T1", way=Exit.RESIGNED))
    assert door.registry.posts.posts_of(staff_id(door, "s1-T1"), OCTOBER) == []


def test_a_refused_leaving_ends_no_post(door: District) -> None:
    appoint(door, "s1-T1", Post.PRINCIPAL)
    with pytest.raises(StaffUnknown):
        at(door, OCTOBER).registry.staff.end_employment(
            ending(door, "s1-T1").model_copy(update={"staff_id": 1})
        )
    assert holder(door, Post.PRINCIPAL, OCTOBER) == "s1-T1"
