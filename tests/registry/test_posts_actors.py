"""Which posts are looked up for an actor, and who may appoint, end and lend."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from tests.registry.posts import (
    COUNTY,
    DAY,
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    PLACE,
    appoint,
    at,
    command,
    county_door,
    lend,
    number,
    staff_id,
)
from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted
from xuequ.registry.errors.posts import NotYoursToLend
from xuequ.registry.models.posts import Delegation
from xuequ.registry.schemas.posts import HandingOver
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing import make_district


@pytest.fixture
def door(session: Session) -> District:
    """A district with the schools s1 and s2, and T1, T2, T3 at each."""
    return make_district(session, PLACE, schools=2, pupils=0, staff=3)


# what is looked up for an actor


def principal_acts(door: District, day: date, who: str = "s1-T1") -> bool:
    """Tell whether somebody may end posts, of one who has none; it takes a principal."""
    posts = at(door, day, Actor(number(who))).registry.posts
    try:
        posts.end_all_of(staff_id(door, "s2-T3"), AppointmentEnd.MOVED)
    except ActionNotPermitted:
        return False
    return True


def test_an_actor_is_let_in_on_the_days_of_the_appointment_and_not_a_day_later(door: District) -> None:
    appoint(door, "s1-T1", Post.PRINCIPAL, since=OCTOBER, until=DECEMBER)
    days = (OCTOBER - timedelta(1), OCTOBER, DECEMBER - timedelta(1), DECEMBER)
    assert [principal_acts(door, day) for day in days] == [False, True, True, False]


def test_a_delegation_gives_powers_and_takes_them_with_the_appointment(door: District) -> None:
    made = appoint(door, "s1-T1", Post.PRINCIPAL, until=DECEMBER)
    lend(door, made.id, "s1-T2", since=OCTOBER, until=NOVEMBER)
    lend(door, made.id, "s1-T3", since=OCTOBER)
    days = (DAY, OCTOBER, NOVEMBER, DECEMBER)
    assert [principal_acts(door, day, "s1-T2") for day in days] == [False, True, False, False]
    assert [principal_acts(door, day, "s1-T3") for day in days] == [False, True, True, False]
    door.registry.posts.end_appointment(made.id, AppointmentEnd.DIED, OCTOBER + timedelta(2))
    assert not principal_acts(door, NOVEMBER, "s1-T3")
    assert (
        door.context.session.execute(select(Delegation.until)).scalars().all() == [OCTOBER + timedelta(2)] * 2
    )


def test_powers_lent_for_one_school_reach_that_school_only(door: District) -> None:
    made = appoint(door, "s1-T1", Post.PRINCIPAL)
    lend(door, made.id, "s1-T2", school="s2")
    acting = at(door, DAY, Actor(number("s1-T2"))).context.acting
    assert acting.holdings == (
        Holding(Post.TEACHER, f"{PLACE}/s1"),
        Holding(Post.PRINCIPAL, f"{PLACE}/s2"),
    )
    assert not principal_acts(door, DAY, "s1-T2")


def test_whoever_is_placed_at_a_school_is_a_teacher_there(door: District) -> None:
    def held(day: date) -> tuple[Holding, ...] | None:
        return at(door, day, Actor(number("s2-T1"))).context.acting.holdings

    assert held(DAY) == (Holding(Post.TEACHER, f"{PLACE}/s2"),)
    assert held(DAY - timedelta(1)) == ()
    assert at(door, DAY, Actor("nobody")).context.acting.holdings == ()


def test_posts_handed_over_by_the_host_win(door: District) -> None:
    appoint(door, "s1-T1", Post.PRINCIPAL)
    none = at(door, DAY, Actor(number("s1-T1"), ()))
    with pytest.raises(ActionNotPermitted):
        none.registry.posts.duty_list()
    given = at(door, DAY, Actor(number("s1-T2"), (Holding(Post.PRINCIPAL, PLACE),)))
    assert given.registry.posts.duty_list()


def test_whoever_gives_up_a_post_does_not_act_by_it_in_the_same_transaction(door: District) -> None:
    made = appoint(door, "s1-T1", Post.PRINCIPAL, since=DAY)
    union = appoint(door, "s1-T1", Post.UNION_CHAIR)
    acting = at(door, OCTOBER, Actor(number("s1-T1")))
    assert len(acting.context.acting.holdings or ()) == 3
    acting.registry.posts.end_appointment(union.id, AppointmentEnd.RESIGNED)
    assert len(acting.context.acting.holdings or ()) == 2
    assert made.post in {held.post for held in acting.context.acting.holdings or ()}


def test_looking_up_posts_costs_one_statement_a_transaction(door: District, shared_engine: Engine) -> None:
    made = appoint(door, "s1-T1", Post.PRINCIPAL)
    lend(door, made.id, "s1-T2")
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: bool) -> None:
        sent.append(statement)

    opened = at(door, DAY, Actor(number("s1-T2")))
    assert opened.context.scope
    event.listen(shared_engine, "before_cursor_execute", note)
    try:
        for _ in range(3):
            assert opened.registry.schools()
    finally:
        event.remove(shared_engine, "before_cursor_execute", note)
    assert len(sent) == 4


# who may


def test_the_bureau_appoints_principals_and_the_principal_the_rest(door: District) -> None:
    officer = at(door, DAY, Actor("B1", (Holding(Post.BUREAU_OFFICER, COUNTY),)))
    principal = at(door, DAY, Actor("P1", (Holding(Post.PRINCIPAL, PLACE),)))
    for post in (Post.PRINCIPAL, Post.PARTY_SECRETARY):
        with pytest.raises(ActionNotPermitted):
            appoint(principal, "s1-T1", post)
        made = appoint(officer, "s1-T1", post)
        handing = HandingOver(staff_id=staff_id(door, "s2-T1"), on=OCTOBER, authority="文")
        posts = principal.registry.posts
        with pytest.raises(ActionNotPermitted):
            posts.end_appointment(made.id, AppointmentEnd.REMOVED, OCTOBER)
        with pytest.raises(ActionNotPermitted):
            posts.hand_over(made.id, handing)
        with pytest.raises(ActionNotPermitted):
            posts.revoke_appointment(made.id)
        with pytest.raises(ActionNotPermitted):
            posts.end_all_of(made.staff_id, AppointmentEnd.REMOVED, OCTOBER)
    appoint(principal, "s1-T2", Post.SCHOOL_HEAD, school="s1")
    appoint(officer, "s1-T3", Post.CASHIER)
    with pytest.raises(ActionNotPermitted):
        county_door(door, principal.context.actor).registry.posts.appoint(
            command(door, "s1-T1", Post.BUREAU_OFFICER)
        )
    head = at(door, DAY, Actor("H1", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),)))
    with pytest.raises(ActionNotPermitted):
        appoint(head, "s1-T2", Post.RESEARCH_GROUP_LEAD, school="s1")


def test_a_principal_does_not_end_what_somebody_holds_at_the_county(door: District) -> None:
    county_door(door).registry.posts.appoint(command(door, "s1-T1", Post.BUREAU_OFFICER))
    principal = at(door, DAY, Actor("P1", (Holding(Post.PRINCIPAL, PLACE),)))
    with pytest.raises(ActionNotPermitted):
        principal.registry.posts.end_all_of(staff_id(door, "s1-T1"), AppointmentEnd.MOVED, OCTOBER)


def test_powers_are_lent_by_their_holder_or_by_whoever_appoints_and_not_lent_on(door: District) -> None:
    principal = appoint(door, "s1-T1", Post.PRINCIPAL)
    head = appoint(door, "s2-T1", Post.SCHOOL_HEAD, school="s2")
    as_principal = at(door, DAY, Actor(number("s1-T1")))
    lent = lend(as_principal, principal.id, "s1-T2")
    as_delegate = at(door, DAY, Actor(number("s1-T2")))
    with pytest.raises(NotYoursToLend):
        lend(as_delegate, principal.id, "s1-T3")
    with pytest.raises(NotYoursToLend):
        as_delegate.registry.posts.revoke_delegation(lent.id)
    lend(as_delegate, head.id, "s2-T2")  # the delegate appoints heads as the principal does
    lend(at(door, DAY, Actor(number("s2-T1"))), head.id, "s2-T3")
    elsewhere = at(door, DAY, Actor("H", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),)))
    with pytest.raises(ActionNotPermitted):
        lend(elsewhere, head.id, "s2-T2", since=OCTOBER)
    as_principal.registry.posts.revoke_delegation(lent.id, OCTOBER)
