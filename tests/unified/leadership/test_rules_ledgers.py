"""Pure decisions about visits, the duty roster, plans and hazards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.unified.leadership.rules.duties import Stay, Turn, check_to_come, roster_problems
from xuequ.unified.leadership.rules.plans import check_item, item_state
from xuequ.unified.leadership.rules.safety import check_step, check_verifier, is_overdue
from xuequ.unified.leadership.rules.visits import Link, Paid, check_visitor, coverage
from xuequ.unified.leadership.states.plans import TOPICS, ItemState, PlanArea, PlanTopic
from xuequ.unified.leadership.states.safety import TRANSITIONS, HazardState

DAY = date(2026, 9, 1)
days = st.integers(0, 30).map(lambda n: DAY + timedelta(days=n))
MORNING = HalfDay(DAY, Half.AM)
halves = st.integers(0, 5).map(lambda n: HalfDay.at(MORNING.index + n))
turns = st.builds(Turn, st.integers(1, 3), st.integers(1, 2), halves)
NAMES = {1: "甲", 2: "乙", 3: "丙"}
SECOND = DAY + timedelta(days=1)
HOME = (
    *(Stay(1, 1, DaySpan(DAY)), Stay(2, 2, DaySpan(DAY))),
    *(Stay(3, 1, DaySpan(DAY, SECOND)), Stay(3, 2, DaySpan(SECOND))),
)


@given(st.lists(turns, max_size=8), st.lists(turns, max_size=4))
def test_a_roster_without_problems_has_nobody_twice_and_everybody_at_work(
    wanted: list[Turn], standing: list[Turn]
) -> None:
    problems = roster_problems(wanted, standing, HOME, NAMES, NAMES)
    if not problems:
        times = [(turn.staff_id, turn.half_day) for turn in wanted]
        assert len(times) == len(set(times))
        assert not {*times} & {(turn.staff_id, turn.half_day) for turn in standing}
        for turn in wanted:
            at = {stay.school_id for stay in HOME if stay.staff_id == turn.staff_id}
            assert turn.school_id in at
    else:
        assert len(problems) <= 2 * len(wanted)


def test_every_turn_that_is_wrong_is_named() -> None:
    wanted = [Turn(1, 1, MORNING), Turn(1, 2, MORNING), Turn(3, 2, MORNING)]
    codes = [problem.error.code for problem in roster_problems(wanted, [], HOME, NAMES, NAMES)]
    assert codes == [
        *("leadership.not_at_work_here", "leadership.on_duty_already"),
        "leadership.not_at_work_here",
    ]


def test_whoever_is_on_leave_is_off_duty_in_that_half_day_only() -> None:
    wanted = [Turn(1, 1, MORNING), Turn(1, 1, MORNING.next()), Turn(2, 2, MORNING)]
    (problem,) = roster_problems(wanted, [], HOME, NAMES, NAMES, {(1, MORNING)})
    assert problem.error.code == "leadership.duty_on_leave" and "甲" in str(problem.error)


@given(days, days)
def test_only_what_is_to_come_is_swapped(day: date, today: date) -> None:
    assert bool(check_to_come(HalfDay.at(day.toordinal() * 2), today)) == (day < today)


@given(st.lists(st.builds(Paid, st.integers(1, 3), st.integers(1, 3)), max_size=20), st.integers(0, 5))
def test_coverage_counts_each_visit_once_and_a_link_its_leader_alone(paid: list[Paid], planned: int) -> None:
    standard = Standard("leadership.visits_per_term", planned, DaySpan(DAY))
    standards = Standards([standard])
    by_all = coverage([Link(school) for school in (1, 2, 3)], paid, standards, DAY)
    assert sum(one.visits for one in by_all) == len(paid)
    for school in (1, 2, 3):
        linked = coverage([Link(school, leader) for leader in (1, 2, 3)], paid, standards, DAY)
        assert sum(one.visits for one in linked) == by_all[school - 1].visits
        assert all((one.rate is None) == (planned == 0) for one in linked)


def test_a_visitor_is_of_the_team() -> None:
    assert check_visitor("T1", 1, {1, 2}, DAY) == []
    assert check_visitor("T3", 3, {1, 2}, DAY)[0].error.code == "leadership.not_in_the_team"


@given(st.sampled_from(PlanArea), st.sampled_from(PlanTopic), days)
def test_an_item_is_of_its_area_and_within_its_plan(area: PlanArea, topic: PlanTopic, due: date) -> None:
    span = DaySpan(DAY, DAY + timedelta(days=20))
    codes = {problem.error.code for problem in check_item(area, topic, due, span)}
    assert ("leadership.topic_outside_area" in codes) == (topic not in TOPICS[area])
    assert ("leadership.due_outside_plan" in codes) == (due not in span)


def test_every_topic_is_of_one_area() -> None:
    every = [topic for topics in TOPICS.values() for topic in topics]
    assert sorted(every) == sorted(PlanTopic)


@given(days, st.none() | days, days, st.booleans())
def test_an_item_is_open_overdue_done_or_void(due: date, done: date | None, on: date, voided: bool) -> None:
    state = item_state(due, done, on, voided=voided)
    if voided:
        assert state is ItemState.VOIDED
    elif done is not None and done <= on:
        assert state is (ItemState.DONE if done <= due else ItemState.DONE_LATE)
    else:
        assert state is (ItemState.OVERDUE if on > due else ItemState.OPEN)


@pytest.mark.parametrize("state", list(HazardState))
@pytest.mark.parametrize("to", list(HazardState))
def test_a_hazard_takes_the_steps_of_its_table(state: HazardState, to: HazardState) -> None:
    assert bool(check_step(state, to)) == (to not in TRANSITIONS[state])


@given(st.integers(1, 3), st.integers(1, 3), st.none() | st.integers(1, 3))
def test_the_verifier_is_another_person(verifier: int, owner: int, rectifier: int | None) -> None:
    assert bool(check_verifier("x", verifier, owner, rectifier)) == (verifier in (owner, rectifier))


@given(days, st.none() | days, days)
def test_a_hazard_is_overdue_after_its_day_until_it_is_rectified(
    due: date, rectified: date | None, on: date
) -> None:
    assert is_overdue(due, rectified, on) == (on > due and (rectified is None or rectified > on))
