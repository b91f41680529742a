"""Posts as of any day: appointed, acting, handed over, lent, vacant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.registry.posts import (
    DAY,
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    PLACE,
    appoint,
    at,
    command,
    county_door,
    facts,
    holder,
    lend,
    move_to_bureau,
    number,
    staff_id,
)
from xuequ import Actor, District, Post
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.errors.posts import (
    ActingNeedsSeat,
    AppointmentNotBegun,
    AppointmentOver,
    AppointmentUnknown,
    DelegatedBeyondPlace,
    DelegatedBeyondTerm,
    DelegatedToHolder,
    DelegatedTwice,
    DelegationOver,
    DelegationUnknown,
    DutiesClash,
    EmploymentMissing,
    HandedToHolder,
    NotStationedThere,
    PostByPlacement,
    PostHeldAlready,
    PostNotHere,
    PostWithoutSeat,
    SeatTaken,
    SomethingStandsOn,
)
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.models.posts import Delegation
from xuequ.registry.models.staff import Employment, Placement
from xuequ.registry.repository.appointing import AppointingRows
from xuequ.registry.schemas.posts import (
    Appointing,
    HandingOver,
)
from xuequ.registry.states.posts import AppointmentEnd, Duty, Ground
from xuequ.testing import make_district


@pytest.fixture
def door(session: Session) -> District:
    """A district with the schools s1 and s2, and T1, T2, T3 at each."""
    return make_district(session, PLACE, schools=2, pupils=0, staff=3)


# appointing and asking as of a day


def test_a_post_is_held_from_its_first_day_to_the_day_before_its_last(door: District) -> None:
    made = appoint(door, "s1-T1", Post.PRINCIPAL, since=OCTOBER, until=DECEMBER)
    assert (made.staff_no, made.post, made.place, made.school) == (
        number("s1-T1"),
        Post.PRINCIPAL,
        PLACE,
        None,
    )
    days = [OCTOBER - timedelta(1), OCTOBER, DECEMBER - timedelta(1), DECEMBER]
    assert [holder(door, Post.PRINCIPAL, day) for day in days] == [None, "s1-T1", "s1-T1", None]
    assert [len(door.registry.posts.holders(day)) for day in days] == [0, 1, 1, 0]
    assert facts(door.context.session) == ["appointment_made"]


def test_a_second_principal_is_refused_and_named(door: District) -> None:
    appoint(door, "s1-T1", Post.PRINCIPAL, since=OCTOBER)
    for since, until in ((OCTOBER, None), (DAY, None), (DAY, NOVEMBER), (NOVEMBER, DECEMBER)):
        with pytest.raises(SeatTaken) as caught:
            appoint(door, "s2-T1", Post.PRINCIPAL, since=since, until=until)
        assert caught.value.holder == number("s1-T1")
    appoint(door, "s2-T1", Post.PRINCIPAL, until=OCTOBER)
    assert [holder(door, Post.PRINCIPAL, day) for day in (DAY, OCTOBER)] == ["s2-T1", "s1-T1"]
    assert len(door.registry.posts.history(Post.PRINCIPAL)) == 2


def test_every_school_has_a_head_of_its_own(door: District) -> None:
    for school in ("s1", "s2"):
        appoint(door, f"{school}-T1", Post.SCHOOL_HEAD, school=school)
    assert [holder(door, Post.SCHOOL_HEAD, DAY, school) for school in ("s1", "s2")] == ["s1-T1", "s2-T1"]
    with pytest.raises(SeatTaken):
        appoint(door, "s1-T2", Post.SCHOOL_HEAD, school="s1")


def test_several_may_hold_a_post_without_a_seat_but_nobody_twice(door: District) -> None:
    for who in ("s1-T1", "s1-T2"):
        appoint(door, who, Post.RESEARCH_GROUP_LEAD)
    assert len(door.registry.posts.holders(DAY)) == 2
    with pytest.raises(PostHeldAlready):
        appoint(door, "s1-T1", Post.RESEARCH_GROUP_LEAD, since=OCTOBER)
    appoint(door, "s1-T1", Post.RESEARCH_GROUP_LEAD, school="s1")
    with pytest.raises(PostWithoutSeat):
        door.registry.posts.holder(Post.RESEARCH_GROUP_LEAD)


def test_posts_exist_at_their_level_only(door: District) -> None:
    refused: list[tuple[type[Exception], dict[str, Any]]] = [
        (PostNotHere, {"post": Post.PRINCIPAL, "school": "s1"}),
        (PostNotHere, {"post": Post.SCHOOL_HEAD}),
        (PostNotHere, {"post": Post.BUREAU_OFFICER}),
        (PostByPlacement, {"post": Post.TEACHER, "school": "s1"}),
        (ActingNeedsSeat, {"post": Post.AUDITOR, "acting": True}),
        (SchoolUnknown, {"post": Post.SCHOOL_HEAD, "school": "s9"}),
    ]
    for error, more in refused:
        with pytest.raises(error):
            appoint(door, "s1-T1", **more)
    with pytest.raises(StaffUnknown):
        door.registry.posts.appoint(Appointing(staff_id=1, post=Post.CASHIER, since=DAY, authority="文"))
    assert door.registry.posts.holders(DAY) == []


def test_an_appointee_is_employed_and_belongs_there_that_day(door: District) -> None:
    with pytest.raises(EmploymentMissing):
        appoint(door, "s1-T1", Post.CASHIER, since=DAY - timedelta(1))
    with pytest.raises(NotStationedThere):
        appoint(door, "s1-T1", Post.SCHOOL_HEAD, school="s2")
    session, one = door.context.session, staff_id(door, "s1-T1")
    s2 = session.scalar(select(Placement.school_id).where(Placement.staff_id == staff_id(door, "s2-T1")))
    session.execute(update(Placement).where(Placement.staff_id == one).values(school_id=s2))
    appoint(door, "s1-T1", Post.SCHOOL_HEAD, school="s2")


def test_no_post_outlasts_the_employment(door: District) -> None:
    session = door.context.session
    session.execute(update(Employment).values(until=NOVEMBER))
    for until in (None, DECEMBER):
        with pytest.raises(EmploymentMissing) as caught:
            appoint(door, "s1-T1", Post.CASHIER, until=until)
        assert caught.value.on == str(NOVEMBER)
    made = appoint(door, "s1-T1", Post.CASHIER, until=NOVEMBER)
    session.execute(
        update(Employment).where(Employment.staff_id == staff_id(door, "s1-T2")).values(until=OCTOBER)
    )
    with pytest.raises(EmploymentMissing):
        lend(door, made.id, "s1-T2")
    lend(door, made.id, "s1-T2", until=OCTOBER)


def test_the_bureaus_own_staff_may_be_sent_anywhere(door: District) -> None:
    move_to_bureau(door, "s1-T1")
    appoint(door, "s1-T1", Post.PRINCIPAL, acting=True)
    county_door(door).registry.posts.appoint(command(door, "s1-T1", Post.BUREAU_OFFICER))
    assert holder(door, Post.PRINCIPAL, DAY) == "s1-T1"


def test_everything_that_stands_against_it_is_said_at_once(door: District) -> None:
    appoint(door, "s1-T1", Post.CASHIER)
    appoint(door, "s2-T1", Post.ACCOUNTANT)
    with pytest.raises(Problems) as caught:
        appoint(door, "s1-T1", Post.ACCOUNTANT, acting=False)
    kinds = {type(problem.error) for problem in caught.value.problems}
    assert kinds == {SeatTaken, DutiesClash}


# duties that exclude each other


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Post.CASHIER, Post.ACCOUNTANT),
        (Post.ACCOUNTANT, Post.CASHIER),
        (Post.CASHIER, Post.AUDITOR),
        (Post.ARCHIVIST, Post.CASHIER),
        (Post.CASHIER, Post.NUTRITION_ACCOUNTANT),
        (Post.PRINCIPAL, Post.ACCOUNTANT),
        (Post.PRINCIPAL, Post.CASHIER),
        (Post.KEEPER, Post.ACCOUNTANT),
        (Post.GENERAL_AFFAIRS_DIRECTOR, Post.NUTRITION_CASHIER),
    ],
)
def test_duties_that_exclude_each_other_are_refused_while_both_are_held(
    door: District, held: Post, wanted: Post
) -> None:
    appoint(door, "s1-T1", held, since=OCTOBER, until=NOVEMBER)
    with pytest.raises(DutiesClash) as caught:
        appoint(door, "s1-T1", wanted, since=DAY)
    assert caught.value.since == str(OCTOBER) and caught.value.authority.startswith("《")
    appoint(door, "s1-T1", wanted, since=NOVEMBER)


def test_the_law_is_named_as_it_stood_that_day(door: District) -> None:
    session = door.context.session
    for model in (Employment, Placement):
        session.execute(update(model).values(since=date(2020, 9, 1)))
    appoint(door, "s1-T1", Post.CASHIER, since=date(2024, 1, 1), until=date(2024, 6, 1))
    appoint(door, "s1-T2", Post.CASHIER, since=date(2024, 7, 1))
    with pytest.raises(DutiesClash, match="第三十七条"):
        appoint(door, "s1-T1", Post.ACCOUNTANT, since=date(2024, 1, 1))
    with pytest.raises(DutiesClash, match="第三十五条"):
        appoint(door, "s1-T2", Post.ACCOUNTANT, since=date(2024, 1, 1))


def test_posts_that_do_not_exclude_each_other_may_be_held_together(door: District) -> None:
    appoint(door, "s1-T1", Post.PRINCIPAL)
    appoint(door, "s1-T1", Post.PARTY_SECRETARY)
    appoint(door, "s1-T2", Post.CASHIER)
    appoint(door, "s1-T2", Post.NUTRITION_CASHIER)
    assert len(door.registry.posts.holders(DAY)) == 4


def test_what_was_held_when_something_happened_still_excludes(door: District) -> None:
    posts, who = door.registry.posts, staff_id(door, "s1-T1")
    appoint(door, "s1-T1", Post.CASHIER, until=OCTOBER)
    appoint(door, "s1-T1", Post.ACCOUNTANT, since=OCTOBER)
    assert posts.duties_held(who, DAY) == (Duty.CASHIER,)
    assert Duty.INCOME_LEDGER in posts.duties_held(who, OCTOBER)
    taken = DaySpan.through(DAY, DAY)
    (clash,) = posts.held_incompatible(who, Duty.INCOME_LEDGER, taken)
    assert (clash.held.post, clash.duty, clash.other) == (Post.CASHIER, Duty.CASHIER, Duty.INCOME_LEDGER)
    assert clash.authority == "《会计法》（2024）第三十五条"
    assert posts.held_incompatible(who, Post.ACCOUNTANT, taken)
    assert posts.held_incompatible(who, Duty.INCOME_LEDGER, DaySpan(OCTOBER)) == []
    assert posts.held_incompatible(who, Post.AUDITOR, DaySpan(OCTOBER)) == []
    for act in (posts.duties_held, posts.posts_of):
        with pytest.raises(StaffUnknown):
            act(1)


# acting holders, ends, hand-overs


def test_an_acting_holder_sits_in_the_seat_until_the_full_appointment_comes(door: District) -> None:
    acting = appoint(door, "s1-T1", Post.PRINCIPAL, acting=True)
    lent = lend(door, acting.id, "s1-T2")
    with pytest.raises(SeatTaken):
        appoint(door, "s2-T1", Post.PRINCIPAL, since=OCTOBER, acting=True)
    appoint(door, "s2-T1", Post.PRINCIPAL, since=OCTOBER)
    days = (DAY, OCTOBER - timedelta(1), OCTOBER)
    assert [holder(door, Post.PRINCIPAL, day) for day in days] == ["s1-T1", "s1-T1", "s2-T1"]
    assert [len(door.registry.posts.acting_holders(day)) for day in days] == [1, 1, 0]
    latest, before = door.registry.posts.history(Post.PRINCIPAL)
    assert (before.until, before.ended, latest.ended) == (OCTOBER, AppointmentEnd.SUCCEEDED, None)
    assert [one.id for one in door.registry.posts.delegations(OCTOBER - timedelta(1))] == [lent.id]
    assert door.registry.posts.delegations(OCTOBER) == []
    assert facts(door.context.session) == [
        *("appointment_made", "powers_delegated", "delegation_ended", "appointment_ended"),
        "appointment_made",
    ]


def test_an_acting_holder_may_become_the_full_one(door: District) -> None:
    appoint(door, "s1-T1", Post.PRINCIPAL, acting=True)
    with pytest.raises(SeatTaken):  # from the same day there would be nothing left of the acting
        appoint(door, "s1-T1", Post.PRINCIPAL)
    appoint(door, "s1-T1", Post.PRINCIPAL, since=OCTOBER)
    assert [view.acting for view in door.registry.posts.history(Post.PRINCIPAL)] == [False, True]


def test_an_acting_holder_does_not_put_out_a_full_one(door: District) -> None:
    appoint(door, "s1-T1", Post.PRINCIPAL)
    with pytest.raises(SeatTaken):
        appoint(door, "s2-T1", Post.PRINCIPAL, since=OCTOBER, acting=True)


def test_an_end_takes_the_post_and_what_was_lent_by_it(door: District) -> None:
    made = appoint(door, "s1-T1", Post.ACADEMIC_DIRECTOR)
    now, later = lend(door, made.id, "s1-T2"), lend(door, made.id, "s1-T3", since=DECEMBER)
    ended = door.registry.posts.end_appointment(made.id, AppointmentEnd.REMOVED, NOVEMBER)
    assert (ended.until, ended.ended) == (NOVEMBER, AppointmentEnd.REMOVED)
    assert holder(door, Post.ACADEMIC_DIRECTOR, NOVEMBER) is None
    (left,) = door.context.session.execute(select(Delegation.id, Delegation.until)).all()
    assert tuple(left) == (now.id, NOVEMBER) and later.id != now.id


def test_an_end_lies_within_the_term(door: District) -> None:
    posts = door.registry.posts
    made = appoint(door, "s1-T1", Post.CASHIER, until=NOVEMBER)
    for day in (DAY, DAY - timedelta(1)):
        with pytest.raises(AppointmentNotBegun):
            posts.end_appointment(made.id, AppointmentEnd.MOVED, day)
    with pytest.raises(AppointmentOver):
        posts.end_appointment(made.id, AppointmentEnd.MOVED, DECEMBER)
    assert posts.end_appointment(made.id, AppointmentEnd.EXPIRED, NOVEMBER).ended is AppointmentEnd.EXPIRED
    with pytest.raises(AppointmentOver):
        posts.end_appointment(made.id, AppointmentEnd.MOVED, NOVEMBER)
    assert posts.end_appointment(made.id, AppointmentEnd.DIED, OCTOBER).until == OCTOBER
    with pytest.raises(AppointmentUnknown):
        posts.end_appointment(1, AppointmentEnd.MOVED)


def test_a_hand_over_leaves_no_day_without_a_holder_and_none_with_two(door: District) -> None:
    made = appoint(door, "s1-T1", Post.SCHOOL_HEAD, school="s1")
    handing = HandingOver(staff_id=staff_id(door, "s1-T2"), on=OCTOBER, authority="前锋学区〔2026〕2号")
    new = door.registry.posts.hand_over(made.id, handing)
    assert (new.since, new.until, new.acting, new.place) == (OCTOBER, None, False, f"{PLACE}/s1")
    days = [DAY + timedelta(n) for n in range(60)]
    held = [holder(door, Post.SCHOOL_HEAD, day, "s1") for day in days]
    assert held == ["s1-T1" if day < OCTOBER else "s1-T2" for day in days]
    with pytest.raises(HandedToHolder):
        door.registry.posts.hand_over(new.id, handing)
    with pytest.raises(AppointmentOver):
        door.registry.posts.hand_over(made.id, handing.model_copy(update={"on": NOVEMBER}))


def test_a_hand_over_that_is_refused_leaves_the_old_holder(door: District) -> None:
    made = appoint(door, "s1-T1", Post.CASHIER)
    appoint(door, "s1-T2", Post.ACCOUNTANT)
    handing = HandingOver(staff_id=staff_id(door, "s1-T2"), on=OCTOBER, authority="文")
    with pytest.raises(DutiesClash):
        door.registry.posts.hand_over(made.id, handing)
    assert holder(door, Post.CASHIER, DECEMBER) == "s1-T1"
    assert facts(door.context.session) == ["appointment_made"] * 2


def test_a_hand_over_from_the_county_keeps_its_place(door: District) -> None:
    made = appoint(door, "s1-T1", Post.SCHOOL_HEAD, school="s1")
    handing = HandingOver(staff_id=staff_id(door, "s1-T2"), on=OCTOBER, authority="文")
    new = county_door(door).registry.posts.hand_over(made.id, handing)
    assert (new.place, new.school) == (f"{PLACE}/s1", "s1")
    with pytest.raises(DistrictNeeded):
        county_door(door).registry.posts.holder(Post.SCHOOL_HEAD, "s1")


def test_everything_ends_with_an_employment_and_nothing_comes_later(door: District) -> None:
    posts = door.registry.posts
    cashier = appoint(door, "s1-T1", Post.CASHIER)
    appoint(door, "s1-T1", Post.RESEARCH_GROUP_LEAD, school="s1", until=OCTOBER)
    appoint(door, "s1-T1", Post.UNION_CHAIR, since=DECEMBER)
    county_door(door).registry.posts.appoint(command(door, "s1-T1", Post.BUREAU_OFFICER))
    director = appoint(door, "s1-T2", Post.ACADEMIC_DIRECTOR)
    lend(door, director.id, "s1-T1")
    lend(door, cashier.id, "s1-T3")
    who = staff_id(door, "s1-T1")
    assert len(posts.appointments_of(who, NOVEMBER)) == 3
    ended = posts.end_all_of(who, AppointmentEnd.RETIRED, NOVEMBER)
    assert {(view.post, view.until) for view in ended} == {
        (Post.CASHIER, NOVEMBER),
        (Post.BUREAU_OFFICER, NOVEMBER),
    }
    assert posts.appointments_of(who, NOVEMBER) == []
    assert [view.ground for view in posts.posts_of(who, DECEMBER)] == [Ground.PLACEMENT]
    assert posts.delegations(NOVEMBER) == [] and len(posts.delegations(OCTOBER)) == 2
    assert holder(door, Post.UNION_CHAIR, DECEMBER) is None
    assert "appointment_revoked" in facts(door.context.session)
    assert posts.end_all_of(who, AppointmentEnd.RETIRED, NOVEMBER) == []
    with pytest.raises(StaffUnknown):
        posts.end_all_of(1, AppointmentEnd.RETIRED, NOVEMBER)


def test_everything_ends_at_a_school_that_is_closed_and_nothing_elsewhere(door: District) -> None:
    posts = door.registry.posts
    for school in ("s1", "s2"):
        appoint(door, f"{school}-T1", Post.SCHOOL_HEAD, school=school)
    appoint(door, "s1-T2", Post.KEEPER, school="s1", since=DECEMBER)
    principal = appoint(door, "s1-T1", Post.PRINCIPAL)
    lend(door, principal.id, "s1-T3", school="s1")
    lend(door, principal.id, "s2-T3", school="s2")
    (ended,) = posts.end_all_at("s1", on=NOVEMBER)
    assert (ended.post, ended.until, ended.ended) == (
        Post.SCHOOL_HEAD,
        NOVEMBER,
        AppointmentEnd.ABOLISHED,
    )
    left = {(view.post, view.place) for view in posts.holders(DECEMBER)}
    assert left == {(Post.PRINCIPAL, PLACE), (Post.SCHOOL_HEAD, f"{PLACE}/s2")}
    assert [view.place for view in posts.delegations(DECEMBER)] == [f"{PLACE}/s2"]
    assert len(posts.delegations(OCTOBER)) == 2
    with pytest.raises(SchoolUnknown):
        posts.end_all_at("s9")


def test_a_mistake_is_taken_back_before_anything_stands_on_it(door: District) -> None:
    posts = door.registry.posts
    wrong = appoint(door, "s1-T1", Post.PRINCIPAL)
    posts.revoke_appointment(wrong.id)
    assert posts.history(Post.PRINCIPAL) == []
    assert facts(door.context.session) == ["appointment_made", "appointment_revoked"]
    appoint(door, "s2-T1", Post.PRINCIPAL)
    with pytest.raises(AppointmentUnknown):
        posts.revoke_appointment(wrong.id)


def test_what_has_had_effects_is_not_taken_back(door: District) -> None:
    posts = door.registry.posts
    lent = appoint(door, "s1-T1", Post.ACADEMIC_DIRECTOR)
    lend(door, lent.id, "s1-T2", until=OCTOBER)
    ended = appoint(door, "s1-T2", Post.UNION_CHAIR)
    posts.end_appointment(ended.id, AppointmentEnd.RESIGNED, OCTOBER)
    acted = appoint(door, "s1-T3", Post.PRINCIPAL)
    appoint(at(door, DAY, Actor(number("s1-T3"))), "s2-T1", Post.CASHIER)
    for view, word in ((lent, "授权"), (ended, "免职"), (acted, "办理过业务")):
        with pytest.raises(SomethingStandsOn, match=word):
            posts.revoke_appointment(view.id)


# delegations


def test_powers_are_lent_for_days_and_places_within_the_appointment(door: District) -> None:
    made = appoint(door, "s1-T1", Post.PRINCIPAL, since=OCTOBER, until=DECEMBER)
    refused: list[tuple[type[Exception], str, dict[str, Any]]] = [
        (DelegatedBeyondTerm, "s1-T2", {"since": DAY, "until": NOVEMBER}),
        (DelegatedBeyondTerm, "s1-T2", {"since": NOVEMBER, "until": DECEMBER + timedelta(1)}),
        (DelegatedBeyondTerm, "s1-T2", {"since": DECEMBER}),
        (DelegatedToHolder, "s1-T1", {"since": OCTOBER}),
        (SchoolUnknown, "s1-T2", {"since": OCTOBER, "school": "s9"}),
    ]
    for error, who, more in refused:
        with pytest.raises(error):
            lend(door, made.id, who, **more)
    view = lend(door, made.id, "s1-T2", since=NOVEMBER, school="s2")
    assert (view.until, view.place, view.school) == (DECEMBER, f"{PLACE}/s2", "s2")
    assert (view.holder_no, view.staff_no) == (number("s1-T1"), number("s1-T2"))
    with pytest.raises(DelegatedTwice):
        lend(door, made.id, "s1-T2", since=OCTOBER)
    head = appoint(door, "s1-T1", Post.SCHOOL_HEAD, school="s1")
    with pytest.raises(DelegatedBeyondPlace):
        lend(door, head.id, "s1-T2", school="s2")
    with pytest.raises(NotStationedThere):
        lend(door, head.id, "s2-T1")
    with pytest.raises(AppointmentOver):
        lend(at(door, DECEMBER), made.id, "s1-T3", since=NOVEMBER)


def test_a_delegate_gets_no_duty_that_excludes_what_is_held(door: District) -> None:
    cashier = appoint(door, "s1-T1", Post.CASHIER)
    appoint(door, "s1-T2", Post.ACCOUNTANT, until=NOVEMBER)
    with pytest.raises(DutiesClash):
        lend(door, cashier.id, "s1-T2", until=OCTOBER)
    lend(door, cashier.id, "s1-T2", since=NOVEMBER)
    with pytest.raises(DutiesClash):  # a delegate is bound as a holder is
        appoint(door, "s1-T2", Post.AUDITOR, since=DECEMBER)
    assert door.registry.posts.duties_held(staff_id(door, "s1-T2"), NOVEMBER) == (Duty.CASHIER,)


def test_powers_are_taken_back_from_a_day_or_never_were(door: District) -> None:
    posts = door.registry.posts
    made = appoint(door, "s1-T1", Post.PRINCIPAL)
    first, second = lend(door, made.id, "s1-T2"), lend(door, made.id, "s1-T3", since=NOVEMBER)
    posts.revoke_delegation(first.id, OCTOBER)
    posts.revoke_delegation(second.id, OCTOBER)
    assert [len(posts.delegations(day)) for day in (DAY, OCTOBER, NOVEMBER)] == [1, 0, 0]
    with pytest.raises(DelegationOver):
        posts.revoke_delegation(first.id, OCTOBER)
    rows = AppointingRows(door.context.session, door.context.scope, door.context.place)
    rows.end_delegations([first.id], NOVEMBER)  # as one who had read it before it was taken back
    assert posts.delegations(OCTOBER) == []
    with pytest.raises(DelegationUnknown):
        posts.revoke_delegation(second.id)


# lists


def test_what_must_be_filled_and_is_not_is_listed_with_the_day_it_was_left(door: District) -> None:
    posts = door.registry.posts
    vacant = {(view.post, view.place): view.since for view in posts.vacancies(DAY)}
    assert len(vacant) == 10 and set(vacant.values()) == {None}
    made = appoint(door, "s1-T1", Post.SCHOOL_HEAD, school="s1")
    appoint(door, "s2-T1", Post.PRINCIPAL, acting=True)
    posts.end_appointment(made.id, AppointmentEnd.MOVED, OCTOBER)
    then = {(view.post, view.place): view.since for view in posts.vacancies(NOVEMBER)}
    assert then[Post.SCHOOL_HEAD, f"{PLACE}/s1"] == OCTOBER
    assert then[Post.SCHOOL_HEAD, f"{PLACE}/s2"] is None
    assert (Post.PRINCIPAL, PLACE) not in then  # an acting holder fills the seat
    assert len(posts.vacancies(DAY)) == 8
    assert posts.vacancies(NOVEMBER) == county_door(door).registry.posts.vacancies(NOVEMBER)


def test_the_duty_list_shows_holders_delegates_vacancies_and_the_legal_representative(
    door: District,
) -> None:
    principal = appoint(door, "s1-T1", Post.PRINCIPAL)
    appoint(door, "s1-T2", Post.CASHIER)
    appoint(door, "s1-T3", Post.RESEARCH_GROUP_LEAD, school="s1")
    lend(door, principal.id, "s2-T1")
    lines = door.registry.posts.duty_list(DAY)
    assert [line.post for line in lines[:3]] == [
        Post.PRINCIPAL,
        Post.PARTY_SECRETARY,
        Post.ACADEMIC_DIRECTOR,
    ]
    assert lines[0].legal_representative and lines[0].duties == (Duty.APPROVE,)
    assert [view.staff_no for view in lines[0].delegates] == [number("s2-T1")]
    assert lines[1].holder is None and not lines[1].legal_representative
    assert sum(line.legal_representative for line in lines) == 1
    assert {(line.post, line.place) for line in lines} >= {
        (Post.RESEARCH_GROUP_LEAD, f"{PLACE}/s1"),
        (Post.SCHOOL_HEAD, f"{PLACE}/s2"),
    }
    assert len(lines) == 11


def test_the_leadership_team_stands_in_the_articles_order(door: District) -> None:
    appoint(door, "s1-T1", Post.GENERAL_AFFAIRS_DIRECTOR)
    appoint(door, "s1-T2", Post.PRINCIPAL)
    appoint(door, "s1-T3", Post.CASHIER)
    team = door.registry.posts.leadership_team()
    assert [view.post for view in team] == [Post.PRINCIPAL, Post.GENERAL_AFFAIRS_DIRECTOR]


def test_one_persons_posts_are_listed_with_their_ground(door: District) -> None:
    made = appoint(door, "s1-T1", Post.PRINCIPAL)
    appoint(door, "s1-T2", Post.ACADEMIC_DIRECTOR)
    lend(door, made.id, "s1-T2", since=OCTOBER)
    held = door.registry.posts.posts_of(staff_id(door, "s1-T2"), NOVEMBER)
    assert [(view.post, view.ground) for view in held] == [
        (Post.ACADEMIC_DIRECTOR, Ground.APPOINTMENT),
        (Post.PRINCIPAL, Ground.DELEGATION),
        (Post.TEACHER, Ground.PLACEMENT),
    ]
    assert held[-1].place == f"{PLACE}/s1"


# scopes


def test_two_districts_and_two_counties_never_mix(door: District) -> None:
    session = door.context.session
    here = appoint(door, "s1-T1", Post.PRINCIPAL)
    lent = lend(door, here.id, "s1-T2")
    for place in ("530921/dasi", "530922/qianfeng"):
        other = make_district(session, place, schools=1, pupils=0, staff=1)
        posts = other.registry.posts
        assert not (posts.holders(DAY) or posts.delegations(DAY) or posts.history(Post.PRINCIPAL))
        assert posts.holder(Post.PRINCIPAL, on=DAY) is None
        assert len(posts.vacancies(DAY)) == 9
        with pytest.raises(AppointmentUnknown):
            posts.end_appointment(here.id, AppointmentEnd.MOVED, OCTOBER)
        with pytest.raises(AppointmentUnknown):
            posts.revoke_appointment(here.id)
        with pytest.raises(DelegationUnknown):
            posts.revoke_delegation(lent.id, OCTOBER)
    dasi = at(door, DAY, place="530921/dasi")
    with pytest.raises(NotStationedThere):
        dasi.registry.posts.appoint(command(door, "qianfeng-s1-T1", Post.CASHIER))
    assert dasi.registry.posts.posts_of(staff_id(door, "qianfeng-s1-T1")) == []
    assert dasi.registry.posts.appointments_of(here.staff_id) == []
    assert [view.id for view in door.registry.posts.appointments_of(here.staff_id)] == [here.id]
    elsewhere = at(door, DAY, place="530922/qianfeng")
    with pytest.raises(StaffUnknown):
        elsewhere.registry.posts.posts_of(here.staff_id)
    stranger = at(door, DAY, Actor(number("s1-T1")), place="530921/dasi")
    with pytest.raises(ActionNotPermitted):
        stranger.registry.posts.holders()


def test_duties_exclude_each_other_within_one_unit(door: District) -> None:
    """The same person at two districts keeps two sets of books, each with others."""
    make_district(door.context.session, "530921/dasi", schools=1, pupils=0, staff=1)
    appoint(door, "qianfeng-s1-T1", Post.CASHIER)
    session, one = door.context.session, staff_id(door, "qianfeng-s1-T1")
    to = session.execute(
        select(Placement.school_id, Placement.district_id).where(
            Placement.staff_id == staff_id(door, "dasi-s1-T1")
        )
    ).one()
    session.execute(
        update(Placement)
        .where(Placement.staff_id == one)
        .values(school_id=to.school_id, district_id=to.district_id)
    )
    appoint(at(door, DAY, place="530921/dasi"), "qianfeng-s1-T1", Post.ACCOUNTANT)
