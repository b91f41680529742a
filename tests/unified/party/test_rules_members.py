"""Pure rules of the branch and its members: vectors beside properties."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.spans import DaySpan, months_later
from xuequ.standards.national import national
from xuequ.unified.party.rules.alarms import Belonging, Organised, member_alarms, organisation_alarms
from xuequ.unified.party.rules.committee import committee_problems, size_problems, standing_problems, term_end
from xuequ.unified.party.rules.members import (
    Entered,
    check_confirmation,
    check_ending,
    check_extension,
    check_founding,
    check_suspension,
    entering_problems,
    probation_ends,
    removable_from,
    stretches,
)
from xuequ.unified.party.rules.transfers import (
    AtSchool,
    InGroup,
    Letter,
    check_letter_days,
    follow_schools,
    receiving_problems,
)
from xuequ.unified.party.states.members import (
    EXITS,
    STEPS,
    Alarm,
    LetterState,
    MemberExit,
    MemberState,
    Office,
)

STANDARDS = national()
DAY = date(2026, 11, 2)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
PROBATIONARY, FULL, SUSPENDED = MemberState.PROBATIONARY, MemberState.FULL, MemberState.SUSPENDED


@pytest.mark.parametrize(("members", "refused"), [(0, True), (2, True), (3, False), (50, False)])
def test_three_full_members_make_a_branch(members: int, refused: bool) -> None:
    for on in (date(2010, 1, 1), date(2018, 10, 28), DAY):
        assert bool(check_founding(members, STANDARDS, on)) is refused


@pytest.mark.parametrize(
    ("size", "reason", "refused"),
    [
        (2, "", True),
        (2, "暂缺", False),
        (3, "", False),
        (5, "", False),
        (6, "", True),
        (7, "多", False),
        (8, "多", True),
    ],
)
def test_a_committee_has_three_to_five_and_seven_at_most(size: int, reason: str, refused: bool) -> None:
    assert bool(size_problems(size, STANDARDS, DAY, reason=reason)) is refused


@pytest.mark.parametrize(("full", "refused"), [(6, True), (7, False)])
def test_seven_full_members_have_a_committee(full: int, refused: bool) -> None:
    seats = [(1, Office.SECRETARY), (2, Office.DISCIPLINE), (3, Office.OTHER)]
    assert bool(committee_problems(seats, full, STANDARDS, DAY)) is refused
    alone = [(1, Office.SECRETARY), (2, Office.DEPUTY)]
    assert bool(committee_problems(alone, full, STANDARDS, DAY)) is not refused, "two are no committee"


def test_a_committee_of_before_the_rule_is_taken_as_it_stands() -> None:
    nine = [(n, Office.OTHER if n else Office.SECRETARY) for n in range(9)]
    assert committee_problems(nine, 3, STANDARDS, date(2016, 5, 1)) == []
    assert committee_problems(nine, 30, STANDARDS, DAY)


@pytest.mark.parametrize("state", MemberState)
def test_only_full_members_in_good_standing_hold_an_office(state: MemberState) -> None:
    assert bool(standing_problems([("1", state)], DAY)) is (state is not FULL)


def test_a_term_is_three_years() -> None:
    assert term_end(date(2024, 2, 29), STANDARDS) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("joined", "ends"),
    [
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 3, 31), date(2026, 3, 31)),
        (date(2026, 5, 17), date(2027, 5, 17)),
        (date(2026, 5, 18), date(2027, 5, 18)),
        (date(1999, 6, 30), date(2000, 6, 30)),
    ],
)
def test_probation_lasts_a_year_by_either_text(joined: date, ends: date) -> None:
    assert probation_ends(joined, STANDARDS) == ends
    assert check_confirmation("1", ends, ends - timedelta(days=1))
    assert check_confirmation("1", ends, ends) == []


@pytest.mark.parametrize(("months", "refused"), [(5, True), (6, False), (12, False), (13, True)])
def test_an_extension_is_of_half_a_year_to_a_year(months: int, refused: bool) -> None:
    assert bool(check_extension("1", months, None, STANDARDS, DAY)) is refused
    assert check_extension("1", 6, date(2026, 1, 1), STANDARDS, DAY), "once only"


@given(lost=days)
def test_six_months_without_contact_are_counted_to_the_day(lost: date) -> None:
    due = months_later(lost, 6)
    if due >= date(2019, 5, 7):
        assert check_suspension("1", lost, due - timedelta(days=1), STANDARDS)
        assert check_suspension("1", lost, due, STANDARDS) == []


def test_removal_is_possible_after_two_years_also_from_a_leap_day() -> None:
    assert removable_from(date(2024, 2, 29), STANDARDS, DAY) == date(2026, 2, 28)
    for on, refused in ((date(2026, 2, 27), True), (date(2026, 2, 28), False)):
        found = check_ending("1", SUSPENDED, date(2024, 2, 29), MemberExit.REMOVED, on, STANDARDS)
        assert bool(found) is refused


@given(state=st.sampled_from(MemberState), exit_=st.sampled_from(MemberExit))
def test_a_way_out_fits_the_state_or_is_refused(state: MemberState, exit_: MemberExit) -> None:
    found = check_ending("1", state, date(2020, 1, 1), exit_, DAY, STANDARDS)
    assert bool(found) is (state not in EXITS[exit_])


def test_every_state_has_its_steps_and_none_leads_to_itself() -> None:
    assert set(STEPS) == set(MemberState)
    assert all(state not in STEPS[state] for state in MemberState)


@given(joined=days, to_full=st.none() | st.integers(0, 900), later=st.none() | st.integers(0, 900))
def test_an_entered_member_has_been_something_on_every_day(
    joined: date, to_full: int | None, later: int | None
) -> None:
    full = None if to_full is None else joined + timedelta(days=to_full)
    lost = None if later is None else (full or joined) + timedelta(days=later)
    state = SUSPENDED if lost else FULL if full else PROBATIONARY
    entered = Entered("甲", state, joined, full, joined, lost, lost)
    spans = stretches(entered)
    assert spans[0].span.since == joined and spans[-1].span.until is None
    assert all(one.span.meets(other.span) for one, other in pairwise(spans))
    assert spans[-1].state is state
    assert entering_problems(entered, date(2000, 1, 1), date(2050, 1, 1)) == []


def letter(state: LetterState = LetterState.ISSUED, closed: date | None = None) -> Letter:
    return Letter("1", state, date(2026, 10, 8), date(2026, 10, 28), closed)


@given(on=days)
def test_a_letter_is_received_within_its_days_and_once(on: date) -> None:
    assert bool(receiving_problems(letter(), on)) is not (date(2026, 10, 8) <= on < date(2026, 10, 28))
    assert receiving_problems(letter(LetterState.RETURNED, date(2026, 10, 9)), on)


@given(issued=days, length=st.integers(1, 120))
def test_a_letter_is_valid_for_three_months_at_most(issued: date, length: int) -> None:
    until = issued + timedelta(days=length)
    last = until - timedelta(days=1)
    assert bool(check_letter_days("1", issued, until, STANDARDS)) is (last > months_later(issued, 3))
    assert check_letter_days("1", issued, until, STANDARDS, reason="远") == []


# groups follow schools

A, B = 10, 20
SERVING = {1: A, 2: B}


def served(school: int, day: date) -> int | None:
    return SERVING.get(school)


def span(since: int, until: int | None = None) -> DaySpan:
    first = date(2026, 1, 1)
    return DaySpan(first + timedelta(days=since), None if until is None else first + timedelta(days=until))


def test_a_group_follows_the_school_there_and_back() -> None:
    schools = [AtSchool(1, span(0, 30)), AtSchool(2, span(30, 60)), AtSchool(1, span(60))]
    found = follow_schools(span(30), [InGroup(A, span(0))], schools, served)
    assert found == [InGroup(A, span(0, 30)), InGroup(B, span(30, 60)), InGroup(A, span(60))]


def test_a_school_of_another_branch_leaves_the_group() -> None:
    schools = [AtSchool(1, span(0, 30)), AtSchool(9, span(30))]
    assert follow_schools(span(30), [InGroup(A, span(0))], schools, served) == [InGroup(A, span(0))]


def test_who_leaves_the_branch_leaves_its_groups() -> None:
    schools = [AtSchool(2, span(30)), AtSchool(1, span(90))]
    found = follow_schools(span(30, 80), [InGroup(A, span(0))], schools, served)
    assert found == [InGroup(A, span(0, 30)), InGroup(B, span(30, 80))]


@given(
    moves=st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from([1, 2, 9])),
        min_size=1,
        max_size=6,
        unique_by=lambda m: m[0],
    ),
    start=st.integers(0, 200),
    group=st.sampled_from([A, B, None]),
)
def test_a_member_is_in_one_group_at_a_time_and_without_a_gap(
    moves: list[tuple[int, int]], start: int, group: int | None
) -> None:
    ordered = sorted(moves)
    ends = [*(since for since, _ in ordered[1:]), None]
    schools = [
        AtSchool(school, span(since, until))
        for (since, school), until in zip(ordered, ends, strict=True)
        if until is None or until > start
    ]
    places = [] if group is None else [InGroup(group, span(0))]
    found = follow_schools(span(start), places, schools, served)
    assert all(one.span.meets(other.span) for one, other in pairwise(found))
    assert all(one.group_id != other.group_id for one, other in pairwise(found))
    if places:
        assert found[0].span.since == span(0).since and found[-1].span.until is None
    serving = [school for school in schools if school.school_id in SERVING]
    if serving:
        assert found[-1].group_id == SERVING[serving[-1].school_id]


# alarms


def belonging(**more: object) -> Belonging:
    values: dict[str, object] = {"state": FULL, "state_since": date(2011, 6, 20), "grouped": True}
    values |= {"staff": True, "employed": True, "employed_in": 1, "employed_since": date(2020, 9, 1)}
    values |= {"placed_in": 1, "placed_since": date(2020, 9, 1), "away_since": None}
    return Belonging(**values | more)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("more", "alarm"),
    [
        ({}, None),
        ({"grouped": False}, Alarm.WITHOUT_GROUP),
        ({"employed": False, "employed_in": None, "placed_in": None}, Alarm.LEFT_SERVICE),
        ({"staff": False, "employed": False, "employed_in": None, "placed_in": None}, None),
        ({"employed_in": 2, "placed_in": 2}, Alarm.UNIT_CHANGED),
        ({"placed_in": 2, "placed_since": date(2026, 5, 2)}, Alarm.AWAY),
        ({"placed_in": 2, "placed_since": date(2026, 5, 3)}, None),
        ({"away_since": date(2026, 5, 2)}, Alarm.AWAY),
        ({"state": SUSPENDED, "state_since": date(2024, 11, 2)}, Alarm.REMOVAL_DUE),
        ({"state": SUSPENDED, "state_since": date(2024, 11, 3)}, None),
    ],
)
def test_an_alarm_is_raised_on_its_day(more: dict[str, object], alarm: Alarm | None) -> None:
    found = [one for one, _ in member_alarms(belonging(**more), 1, STANDARDS, DAY)]
    assert found == ([] if alarm is None else [alarm])


@pytest.mark.parametrize(
    ("members", "full", "offices", "alarms"),
    [
        (12, 9, 3, set[Alarm]()),
        (2, 2, 0, {Alarm.TOO_FEW, Alarm.SECRETARY_MISSING}),
        (50, 40, 5, set[Alarm]()),
        (51, 40, 5, {Alarm.TOO_MANY}),
        (9, 7, 1, {Alarm.COMMITTEE_MISSING}),
        (9, 6, 3, {Alarm.COMMITTEE_NOT_DUE}),
        (9, 7, 6, {Alarm.COMMITTEE_SIZE}),
    ],
)
def test_size_and_committee_of_a_branch_are_watched(
    members: int, full: int, offices: int, alarms: set[Alarm]
) -> None:
    seats = [Office.SECRETARY, *[Office.OTHER] * (offices - 1)] if offices else []
    branch = Organised(members, full, seats, None)
    assert set(organisation_alarms(branch, STANDARDS, DAY)) == alarms
    over = Organised(members, full, seats, DAY)
    assert set(organisation_alarms(over, STANDARDS, DAY)) == alarms | {Alarm.TERM_OVER}
