"""Posts, seats, duties and what stands against an appointment or a delegation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.access import Post
from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.registry.actions.posts import APPOINT, APPOINT_LEADER, APPOINT_OFFICER, appointing
from xuequ.registry.errors.posts import (
    ActingNeedsSeat,
    DelegatedBeyondPlace,
    DelegatedBeyondTerm,
    DelegatedToHolder,
    DelegatedTwice,
    DutiesClash,
    EmploymentMissing,
    NotStationedThere,
    PostByPlacement,
    PostHeldAlready,
    PostNotHere,
    SeatTaken,
    SomethingStandsOn,
)
from xuequ.registry.rules.appointing import (
    Lending,
    Sitting,
    Station,
    Wanted,
    appointment_problems,
    delegation_problems,
    end_for,
    ending_problems,
    revoking_problems,
    succeeded,
    unemployed_from,
)
from xuequ.registry.rules.duties import Held, clash_problems, duties_of, exclusion, same_unit
from xuequ.registry.rules.posts import (
    LEADERSHIP,
    SEATINGS,
    Spot,
    represents,
    required_at,
    seat,
    vacancies,
)
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.posts import AppointmentEnd, Duty, Level
from xuequ.registry.states.staff import Exit
from xuequ.standards.national import national
from xuequ.testing.strategies import day_spans

DAY, LATER, END = date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1)
TERM = DaySpan(DAY, END)
PLACE = "530921/qianfeng"
STANDARDS = national("530921")
DISTRICT = Spot(PLACE, Level.DISTRICT, 1)
CENTRAL = Spot(f"{PLACE}/zx", Level.SCHOOL, 1, 10, SchoolKind.CENTRAL)
VILLAGE = Spot(f"{PLACE}/qunxing", Level.SCHOOL, 1, 11, SchoolKind.COMPLETE)
COUNTY = Spot("530921", Level.COUNTY)
THERE = Station(7, "T7", (DaySpan(date(2020, 9, 1)),), districts=frozenset({1}), schools=frozenset({11}))


def kinds(problems: list[Problem]) -> list[type[Exception]]:
    return [type(problem.error) for problem in problems]


# posts, seats, vacancies


def test_every_post_has_a_level_and_the_leaders_one_seat_each() -> None:
    assert set(SEATINGS) == set(Post)
    assert all(seating.levels for seating in SEATINGS.values())
    for post in (*LEADERSHIP, Post.SCHOOL_HEAD, Post.ACCOUNTANT, Post.CASHIER):
        assert SEATINGS[post].single
    assert seat(Post.BUREAU_OFFICER, "530921") is None
    assert seat(Post.SCHOOL_HEAD, VILLAGE.place) == "school_head@530921/qianfeng/qunxing"


def test_the_name_of_a_seat_fits_its_column() -> None:
    place = "/".join(["x" * 40] * 3)
    assert max(len(seat(post, place) or "") for post in Post) <= 200


def test_only_the_full_principal_of_a_district_is_its_legal_representative() -> None:
    told = {
        (post, level, acting)
        for post in Post
        for level in Level
        for acting in (False, True)
        if represents(post, level, acting=acting)
    }
    assert told == {(Post.PRINCIPAL, Level.DISTRICT, False)}


def test_every_school_but_the_central_one_must_have_a_head() -> None:
    assert required_at(VILLAGE, STANDARDS, DAY) == [Post.SCHOOL_HEAD]
    assert required_at(CENTRAL, STANDARDS, DAY) == []
    assert required_at(COUNTY, STANDARDS, DAY) == []
    assert set(LEADERSHIP) < set(required_at(DISTRICT, STANDARDS, DAY))
    assert Post.SCHOOL_HEAD not in required_at(DISTRICT, STANDARDS, DAY)


def test_a_county_may_say_that_its_own_office_keeps_the_books() -> None:
    own = Standard("posts.required", ("principal",), DaySpan(LATER), place="530921")
    standards = STANDARDS.with_own([own])
    assert len(required_at(DISTRICT, standards, DAY)) == 8
    assert required_at(DISTRICT, standards, LATER) == [Post.PRINCIPAL]


@given(st.sets(st.sampled_from(Post)))
def test_what_must_be_filled_is_either_filled_or_vacant(filled: set[Post]) -> None:
    held = {(post, DISTRICT.place) for post in filled}
    vacant = vacancies([DISTRICT, CENTRAL], held, STANDARDS, DAY)
    required = required_at(DISTRICT, STANDARDS, DAY)
    assert [post for post, _ in vacant] == [post for post in required if post not in filled]


# duties


def test_posts_bring_the_duties_that_the_table_says() -> None:
    assert duties_of(Post.CASHIER, STANDARDS, DAY) == {Duty.CASHIER}
    assert Duty.INCOME_LEDGER in duties_of(Post.NUTRITION_ACCOUNTANT, STANDARDS, DAY)
    assert duties_of(Post.PARTY_SECRETARY, STANDARDS, DAY) == frozenset()
    assert duties_of(Post.CASHIER, STANDARDS, date(1999, 1, 1)) == frozenset()
    assert duties_of(Post.CASHIER, Standards(()), DAY) == frozenset()


def test_every_post_and_duty_of_the_packs_exists() -> None:
    for row in STANDARDS.rows("posts.duties", on=DAY):
        assert Post(str(row["post"])) and Duty(str(row["duty"]))
    for duty in Duty:
        rule = STANDARDS.find(f"budget.duties.{duty.code}", on=DAY)
        if rule is not None:
            assert isinstance(rule.value, tuple) and all(Duty(str(one)) for one in rule.value)
    named = {*STANDARDS.listed("posts.required", on=DAY)}
    assert all(Post(str(code)) for code in named)
    assert {SchoolKind(str(code)) for code in STANDARDS.listed("posts.head_optional_in", on=DAY)}


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        (Duty.CASHIER, Duty.REVIEW, True),
        (Duty.CASHIER, Duty.ARCHIVE, True),
        (Duty.CASHIER, Duty.INCOME_LEDGER, True),
        (Duty.CASHIER, Duty.EXPENSE_LEDGER, True),
        (Duty.CASHIER, Duty.CLAIMS_LEDGER, True),
        (Duty.BOOKKEEPER, Duty.APPROVE, True),
        (Duty.BOOKKEEPER, Duty.HANDLE, True),
        (Duty.BOOKKEEPER, Duty.KEEP, True),
        (Duty.CLAIMANT, Duty.WITNESS, True),
        (Duty.CLAIMANT, Duty.ACCEPT, True),
        (Duty.CLAIMANT, Duty.APPROVE, True),
        (Duty.BUYER, Duty.ACCEPT, True),
        (Duty.APPROVE, Duty.CASHIER, True),
        (Duty.CASHIER, Duty.CASHIER, False),
        (Duty.BOOKKEEPER, Duty.REVIEW, False),
        (Duty.BUYER, Duty.KEEP, False),
    ],
)
def test_duties_exclude_each_other_whichever_is_held_first(one: Duty, other: Duty, *, excluded: bool) -> None:
    for pair in ((one, other), (other, one)):
        found = exclusion([pair[0]], [pair[1]], STANDARDS, DAY)
        assert (found is not None) == excluded
        if found is not None:
            assert {found[0], found[1]} == {one, other} and found[2]


def test_a_rule_is_taken_as_of_the_first_day_on_which_both_are_held() -> None:
    held = [Held(Post.CASHIER, PLACE, DaySpan(date(2018, 1, 1)))]
    for since, article in ((date(2019, 1, 1), "第三十七条"), (date(2025, 1, 1), "第三十五条")):
        (problem,) = clash_problems(Post.ACCOUNTANT, PLACE, DaySpan(since), held, STANDARDS, "T7")
        assert isinstance(problem.error, DutiesClash) and article in problem.error.authority
        assert problem.error.since == str(since)


@given(one=day_spans(), other=day_spans())
def test_posts_that_share_no_day_never_clash(one: DaySpan, other: DaySpan) -> None:
    held = [Held(Post.CASHIER, PLACE, other)]
    found = clash_problems(Post.AUDITOR, PLACE, one, held, STANDARDS, "T7")
    both = one.common(other)
    known = both is not None and both.since >= date(2017, 11, 5)
    assert bool(found) == known


def test_books_are_kept_together_within_a_district() -> None:
    assert same_unit(VILLAGE.place, CENTRAL.place) and same_unit("530921", PLACE)
    assert not same_unit("530921/dasi", PLACE)
    held = [Held(Post.CASHIER, "530921/dasi", TERM)]
    assert clash_problems(Post.ACCOUNTANT, PLACE, TERM, held, STANDARDS, "T7") == []


# appointments


def want(post: Post, spot: Spot = DISTRICT, span: DaySpan = TERM, *, acting: bool = False) -> Wanted:
    return Wanted(post, spot, span, acting)


@pytest.mark.parametrize(
    ("wanted", "errors"),
    [
        (want(Post.PRINCIPAL), []),
        (want(Post.PRINCIPAL, acting=True), []),
        (want(Post.SCHOOL_HEAD, VILLAGE), []),
        (want(Post.SCHOOL_HEAD, CENTRAL), [NotStationedThere]),
        (want(Post.PRINCIPAL, VILLAGE), [PostNotHere]),
        (want(Post.BUREAU_OFFICER, COUNTY), []),
        (want(Post.TEACHER, VILLAGE), [PostByPlacement]),
        (want(Post.AUDITOR, acting=True), [ActingNeedsSeat]),
        (want(Post.CASHIER, span=DaySpan(date(2019, 1, 1))), [EmploymentMissing]),
        (want(Post.CASHIER, Spot("530921/dasi", Level.DISTRICT, 2)), [NotStationedThere]),
    ],
)
def test_an_appointment_is_judged_by_post_place_and_appointee(
    wanted: Wanted, errors: list[type[Exception]]
) -> None:
    assert kinds(appointment_problems(wanted, THERE, [], [], STANDARDS)) == errors


def test_whom_the_bureau_employs_belongs_anywhere() -> None:
    sent = replace(THERE, by_bureau=True, districts=frozenset(), schools=frozenset())
    assert appointment_problems(want(Post.SCHOOL_HEAD, CENTRAL), sent, [], [], STANDARDS) == []
    gone = replace(sent, employed=())
    assert kinds(appointment_problems(want(Post.PRINCIPAL), gone, [], [], STANDARDS)) == [EmploymentMissing]


def test_one_post_is_held_once_in_the_same_days() -> None:
    held = [Held(Post.AUDITOR, PLACE, TERM), Held(Post.AUDITOR, PLACE, TERM, delegated=True)]
    assert kinds(appointment_problems(want(Post.AUDITOR), THERE, held, [], STANDARDS)) == [PostHeldAlready]
    later = want(Post.AUDITOR, span=DaySpan(END))
    assert appointment_problems(later, THERE, held, [], STANDARDS) == []


@given(wanted=day_spans(), sits=day_spans(), acting=st.booleans(), comes_acting=st.booleans())
def test_a_seat_never_holds_two(wanted: DaySpan, sits: DaySpan, *, acting: bool, comes_acting: bool) -> None:
    """Either it is refused, or what the sitting one keeps shares no day with it."""
    sitting = [Sitting(1, 8, "T8", sits, acting)]
    asked = want(Post.PRINCIPAL, span=wanted, acting=comes_acting)
    employed = replace(THERE, employed=(DaySpan(date(1999, 1, 1)),))
    problems = appointment_problems(asked, employed, [], sitting, STANDARDS)
    kept = DaySpan(sits.since, wanted.since) if succeeded(asked, sitting) else sits
    assert (kinds(problems) == [SeatTaken]) == kept.overlaps(wanted)
    if succeeded(asked, sitting):
        assert acting and not comes_acting and kept.since in sits


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=4),
    st.integers(0, 40),
    st.none() | st.integers(1, 12),
)
def test_the_first_day_without_employment_is_found(
    spans: list[tuple[int, int]], since: int, length: int | None
) -> None:
    def day(n: int) -> date:
        return DAY + timedelta(n)

    employed = [DaySpan(day(first), day(first + long)) for first, long in spans]
    wanted = DaySpan(day(since), None if length is None else day(since + length))
    days = [day(n) for n in range(since, since + (length if length is not None else 60))]
    uncovered = [one for one in days if not any(one in span for span in employed)]
    assert unemployed_from(employed, wanted) == (uncovered[0] if uncovered else None)
    assert unemployed_from([*employed, DaySpan(DAY)], wanted) is None


def test_an_end_lies_after_the_first_day_and_not_after_the_last() -> None:
    def ends(on: date, *, ended: bool = False) -> list[type[Exception]]:
        return kinds(ending_problems(Post.CASHIER, PLACE, TERM, on, ended=ended))

    assert [len(ends(day)) for day in (DAY, DAY + timedelta(1), END, END + timedelta(1))] == [1, 0, 0, 1]
    assert len(ends(END, ended=True)) == 1
    assert ending_problems(Post.CASHIER, PLACE, DaySpan(DAY), date(2060, 1, 1), ended=False) == []


def test_what_stands_on_an_appointment_is_named_together() -> None:
    assert revoking_problems(Post.CASHIER, PLACE, ended=False, lent=False, acted=False) == []
    (problem,) = revoking_problems(Post.CASHIER, PLACE, ended=True, lent=True, acted=True)
    assert isinstance(problem.error, SomethingStandsOn) and problem.error.what.count("、") == 2


def test_every_way_out_of_service_ends_posts_for_a_reason() -> None:
    assert {end_for(one) for one in Exit} <= set(AppointmentEnd)
    assert end_for(Exit.RETIRED) is AppointmentEnd.RETIRED


def test_the_bureau_appoints_those_whom_it_answers_for() -> None:
    found = {post: appointing(post) for post in Post}
    assert [post for post in Post if found[post] is APPOINT_LEADER] == [
        Post.PRINCIPAL,
        Post.PARTY_SECRETARY,
    ]
    assert [post for post in Post if found[post] is APPOINT_OFFICER] == [Post.BUREAU_OFFICER]
    assert found[Post.SCHOOL_HEAD] is APPOINT and Post.PRINCIPAL in APPOINT.posts


# delegations


LENDING = Lending(Post.PRINCIPAL, DISTRICT, 5, TERM, DISTRICT, DaySpan(DAY, LATER))


def test_powers_may_be_lent_for_a_narrower_place_and_fewer_days() -> None:
    assert delegation_problems(LENDING, THERE, [], [], STANDARDS) == []
    assert delegation_problems(replace(LENDING, spot=VILLAGE), THERE, [], [], STANDARDS) == []


@pytest.mark.parametrize(
    ("change", "lent", "error"),
    [
        ({"holder_id": 7}, [], DelegatedToHolder),
        ({"of": VILLAGE, "spot": CENTRAL}, [], DelegatedBeyondPlace),
        ({"span": DaySpan(DAY)}, [], DelegatedBeyondTerm),
        ({"span": DaySpan(DAY - timedelta(1), LATER)}, [], DelegatedBeyondTerm),
        ({"span": DaySpan(END)}, [], DelegatedBeyondTerm),
        ({}, [DaySpan(LATER - timedelta(1))], DelegatedTwice),
        ({"of": CENTRAL, "spot": CENTRAL}, [], NotStationedThere),
        ({"post": Post.CASHIER}, [], DutiesClash),
    ],
)
def test_powers_are_not_lent_beyond_what_they_are(
    change: dict[str, object], lent: list[DaySpan], error: type[Exception]
) -> None:
    held = [Held(Post.ACCOUNTANT, PLACE, TERM)] if error is DutiesClash else []
    asked = replace(LENDING, **change)  # type: ignore[arg-type]
    assert kinds(delegation_problems(asked, THERE, held, lent, STANDARDS)) == [error]
