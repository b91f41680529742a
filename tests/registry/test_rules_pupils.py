"""Pure decisions about pupils' records: the table of states, suspension, dropout, classes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.spans import months_later
from xuequ.registry.errors.classes import ClassDissolved, ClassNotBegun, GradeBeyondStage
from xuequ.registry.errors.pupils import (
    AbsenceTooShort,
    CohortDiffers,
    DecisionMissing,
    ExtensionSpent,
    NotInSchool,
    NotLastGrade,
    NotYetHappened,
    OtherSchool,
    PersuasionMissing,
    ResumptionUnfit,
    SameClass,
    StageUnfit,
    StandingBackwards,
    SuspensionTooLong,
)
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.pupils import (
    Standing,
    check_absence,
    check_act,
    check_correction,
    check_dropout,
    check_extension,
    check_in_class,
    check_seat_day,
    check_set_up_move,
    check_shift,
    check_step,
    check_suspension,
)
from xuequ.registry.rules.seats import (
    Klass,
    check_applied,
    check_change,
    check_completion,
    check_resumption,
    check_seat,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import EXITS, STEPS, TRANSITIONS, Entered, Left, MoveKind, PupilState, Step
from xuequ.standards.national import national
from xuequ.testing.strategies import days

DAY, TODAY = date(2026, 10, 12), date(2026, 12, 7)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
SCHOOLING = Schooling((9, 1), 1, 6, 3)
STANDARDS = national()
S = PupilState
SINCE_2014 = st.dates(date(2014, 1, 1), date(2060, 1, 1))
STATES = st.sampled_from([None, *PupilState])


def kinds(problems: list[Problem]) -> list[type[Exception]]:
    return [type(problem.error) for problem in problems]


def klass(number: int = 1, entry_year: int = 2026, school_id: int = 1, **more: object) -> Klass:
    stage = more.get("stage", Stage.PRIMARY)
    dissolved, formed = more.get("dissolved_on"), more.get("formed_on")
    assert isinstance(stage, Stage)
    assert isinstance(dissolved, date | None) and isinstance(formed, date | None)
    row_id = school_id * 100_000 + entry_year * 10 + number
    return Klass(row_id, school_id, stage, entry_year, number, dissolved, formed)


# the table of states


def test_every_state_but_the_first_is_reached_and_only_death_is_the_end() -> None:
    assert set().union(*TRANSITIONS.values()) == set(PupilState)
    assert [state for state, after in TRANSITIONS.items() if not after] == [S.DECEASED]
    assert all(step.to in TRANSITIONS[source] for step in Step for source in STEPS[step][0])


def test_every_way_off_the_roll_says_how_the_class_was_left() -> None:
    leaving = {
        step.to
        for step in Step
        for source in STEPS[step][0]
        if source is not None and source.on_roll and not step.to.on_roll
    }
    assert leaving == set(EXITS)


def test_nobody_comes_onto_the_roll_from_off_it_but_by_registration_or_being_taken_in() -> None:
    entering = {
        step
        for step in Step
        if step.to.on_roll and any(source is None or not source.on_roll for source in STEPS[step][0])
    }
    assert entering == {Step.REGISTER, Step.TAKE_IN}


def test_who_is_suspended_or_dropped_out_is_on_the_roll_and_not_in_school() -> None:
    assert {state for state in PupilState if state.on_roll and not state.in_school} == {
        S.SUSPENDED,
        S.DROPPED,
    }
    assert not any(state.in_school for state in PupilState if not state.on_roll)


def test_moves_within_a_school_are_internal_on_both_sides() -> None:
    assert {way.code for way in Entered if way.internal} == {way.code for way in Left if way.internal}
    assert {kind for kind in MoveKind if kind.step is None} == {MoveKind.CHANGE_CLASS}


@given(STATES, st.sampled_from(Step), days(), days())
def test_a_step_is_taken_from_its_own_states_only(
    state: PupilState | None, step: Step, since: date, on: date
) -> None:
    standing = Standing(state, since if state else None)
    found = kinds(check_act(standing, step, on, date.max))
    assert (IllegalTransition in found) == (state not in STEPS[step][0])
    assert (StandingBackwards in found) == (state is not None and on < since)


@given(STATES, st.sampled_from(PupilState))
def test_a_state_follows_another_when_some_step_leads_there(state: PupilState | None, to: PupilState) -> None:
    leads = any(state in sources and to is target for sources, target in STEPS.values())
    found = kinds(check_step(Standing(state), to, DAY))
    assert found == ([] if leads else [IllegalTransition])


@pytest.mark.parametrize("step", list(Step))
def test_only_what_befalls_must_have_happened(step: Step) -> None:
    source = next(state for state in (None, *PupilState) if state in STEPS[step][0])
    found = kinds(check_act(Standing(source), step, AFTER, DAY))
    assert found == ([NotYetHappened] if step.past_only else [])


@pytest.mark.parametrize("step", [Step.CHANGE_SCHOOL, Step.LEAVE_COUNTY, Step.DIE])
def test_who_leaves_a_class_was_in_it_for_a_day(step: Step) -> None:
    standing = Standing(S.TRANSFERRING, DAY, DAY)
    assert kinds(check_act(standing, step, DAY, TODAY)) == [StandingBackwards]
    assert check_act(standing, step, AFTER, TODAY) == []
    assert check_act(standing, Step.STAY, DAY, TODAY) == []


def test_a_class_is_not_left_before_it_was_entered() -> None:
    assert check_seat_day(Standing(S.REGISTERED, DAY), BEFORE) == []
    assert check_seat_day(Standing(S.REGISTERED, DAY, DAY), DAY) == []
    assert kinds(check_seat_day(Standing(S.REGISTERED, DAY, DAY), BEFORE)) == [StandingBackwards]
    assert kinds(check_in_class(Standing(S.APPLIED, DAY), "P1")) == [NotInSchool]
    assert check_in_class(Standing(S.REGISTERED, DAY, DAY), "P1") == []


# the set-up workbook


@pytest.mark.parametrize(
    ("state", "on", "found"),
    [
        (None, BEFORE, []),
        (S.REGISTERED, DAY, []),
        (S.REGISTERED, BEFORE, [StandingBackwards]),
        (S.SUSPENDED, DAY, [IllegalTransition]),
        (S.TRANSFERRED, DAY, []),
        (S.TRANSFERRED, BEFORE, [StandingBackwards]),
        (S.DECEASED, DAY, [IllegalTransition]),
    ],
)
def test_a_workbook_moves_who_is_simply_registered_or_had_left(
    state: PupilState | None, on: date, found: list[type[Exception]]
) -> None:
    assert kinds(check_set_up_move(Standing(state, DAY if state else None), on)) == found


@pytest.mark.parametrize(
    ("standing", "found"),
    [
        (Standing(None), []),
        (Standing(S.REGISTERED, DAY, DAY), []),
        (Standing(S.REGISTERED, BEFORE, DAY), []),
        (Standing(S.REGISTERED, AFTER, DAY), [StandingBackwards]),
        (Standing(S.SUSPENDED, DAY, DAY), [IllegalTransition]),
    ],
)
def test_a_school_is_corrected_as_long_as_nothing_else_has_become_of_the_pupil(
    standing: Standing, found: list[type[Exception]]
) -> None:
    assert kinds(check_correction(standing)) == found


@pytest.mark.parametrize(
    ("standing", "on", "follows", "found"),
    [
        (Standing(None), BEFORE, False, []),
        (Standing(S.REGISTERED, DAY, DAY), BEFORE, False, []),
        (Standing(S.REGISTERED, DAY, DAY), BEFORE, True, [StandingBackwards]),
        (Standing(S.REGISTERED, DAY, DAY), AFTER, True, []),
        (Standing(S.REGISTERED, BEFORE, DAY), AFTER, True, []),
        (Standing(S.SUSPENDED, AFTER, DAY), AFTER, True, [StandingBackwards]),
    ],
)
def test_a_first_day_is_corrected_as_long_as_the_status_agrees(
    standing: Standing, on: date, follows: bool, found: list[type[Exception]]
) -> None:
    assert kinds(check_shift(standing, on, follows=follows)) == found


# suspension and dropout


@given(SINCE_2014, st.integers(-3, 30))
def test_a_suspension_lasts_a_year_and_two_with_its_extension(since: date, months: int) -> None:
    until = months_later(since, months)
    fits = {1: 0 < months <= 12, 2: 0 < months <= 24}
    assert (check_suspension(since, until, STANDARDS, extended=False) == []) == fits[1]
    assert (check_suspension(since, until, STANDARDS, extended=True) == []) == fits[2]


def test_a_suspension_is_extended_once_and_to_a_later_day() -> None:
    planned = months_later(DAY, 6)
    for until, extended, found in (
        (months_later(DAY, 24), None, []),
        (months_later(DAY, 24), AFTER, [ExtensionSpent]),
        (months_later(DAY, 24) + timedelta(days=1), None, [SuspensionTooLong]),
    ):
        assert kinds(check_extension(DAY, planned, until, extended, STANDARDS)) == found
    assert len(check_extension(DAY, planned, planned, None, STANDARDS)) == 1


@given(SINCE_2014, st.integers(0, 60), st.sampled_from(["", "  ", "班主任家访两次，未果"]))
def test_a_dropout_takes_four_weeks_and_failed_persuasion(since: date, after: int, persuasion: str) -> None:
    found = kinds(check_dropout(since, since + timedelta(days=after), persuasion, STANDARDS))
    assert (AbsenceTooShort in found) == (after < 28)
    assert (PersuasionMissing in found) == (not persuasion.strip())


def test_an_absence_is_noticed_when_it_has_begun() -> None:
    assert check_absence(DAY, DAY) == [] and len(check_absence(AFTER, DAY)) == 1


# classes


def test_a_seat_is_in_a_class_that_is_there_on_the_day() -> None:
    assert check_seat(klass(), DAY, SCHOOLING) == []
    for dissolved in (BEFORE, DAY, AFTER):
        assert kinds(check_seat(klass(dissolved_on=dissolved), DAY, SCHOOLING)) == [ClassDissolved]
    assert check_seat(klass(formed_on=DAY), DAY, SCHOOLING) == []
    assert kinds(check_seat(klass(formed_on=AFTER), DAY, SCHOOLING)) == [ClassNotBegun]
    assert kinds(check_seat(klass(entry_year=2027), DAY, SCHOOLING)) == [ClassNotBegun]
    assert kinds(check_seat(klass(entry_year=2020), DAY, SCHOOLING)) == [GradeBeyondStage]


@pytest.mark.parametrize(
    ("to", "found"),
    [
        (klass(2), []),
        (klass(1), [SameClass]),
        (klass(2, school_id=2), [OtherSchool]),
        (klass(2, 2025), [CohortDiffers]),
        (klass(2, stage=Stage.PRESCHOOL), [CohortDiffers]),
        (klass(2, dissolved_on=DAY), [ClassDissolved]),
    ],
)
def test_a_change_of_class_changes_nothing_but_the_number(to: Klass, found: list[type[Exception]]) -> None:
    assert kinds(check_change(klass(1), to, "P1", "s1", DAY, SCHOOLING)) == found


@given(st.integers(2020, 2032), st.integers(0, 24), st.sampled_from(["", " ", "校务会决定"]))
def test_who_comes_back_is_no_grade_higher_and_lower_by_the_years_that_went_by(
    entry_year: int, months: int, decision: str
) -> None:
    suspended = date(2026, 10, 12)
    on = months_later(suspended, months)
    years = (on.year - (on.month < 9)) - 2026
    found = kinds(check_resumption(klass(), klass(2, entry_year), suspended, on, decision, SCHOOLING))
    lower = entry_year - 2026
    assert (ResumptionUnfit in found) == (not 0 <= lower <= max(1, years))
    if ResumptionUnfit not in found:
        assert (DecisionMissing in found) == (lower > 0 and not decision.strip())


def test_who_comes_back_stays_at_school_and_stage() -> None:
    for to in (klass(school_id=2), klass(stage=Stage.JUNIOR)):
        assert kinds(check_resumption(klass(), to, DAY, AFTER, "x", SCHOOLING)) == [ResumptionUnfit]


def test_a_class_is_of_the_cohort_that_was_applied_for() -> None:
    applied = (1, Stage.PRIMARY, 2026)
    assert check_applied(*applied, klass(3), DAY, SCHOOLING) == []
    for other in (klass(school_id=2), klass(entry_year=2025), klass(stage=Stage.JUNIOR)):
        assert kinds(check_applied(*applied, other, DAY, SCHOOLING)) == [CohortDiffers]


@pytest.mark.parametrize(
    ("step", "stage", "on", "found"),
    [
        (Step.GRADUATE, Stage.PRIMARY, date(2031, 8, 31), [NotLastGrade]),
        (Step.GRADUATE, Stage.PRIMARY, date(2032, 7, 10), []),
        (Step.GRADUATE, Stage.JUNIOR, date(2029, 7, 10), []),
        (Step.GRADUATE, Stage.PRESCHOOL, date(2027, 7, 10), [StageUnfit]),
        (Step.LEAVE_PRESCHOOL, Stage.PRESCHOOL, date(2027, 7, 10), []),
        (Step.LEAVE_PRESCHOOL, Stage.PRIMARY, date(2032, 7, 10), [StageUnfit]),
    ],
)
def test_a_stage_is_completed_in_its_last_grade(
    step: Step, stage: Stage, on: date, found: list[type[Exception]]
) -> None:
    assert kinds(check_completion(step, klass(stage=stage), on, SCHOOLING)) == found
