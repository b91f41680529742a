"""Steps of the appraisal in their order, ballots, grades in force, due dates; hours and lessons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard
from xuequ.standards.national import national
from xuequ.unified.party.rules.appraisal import (
    Stand,
    ballot_meeting_problems,
    ballot_problems,
    criticism_problems,
    done_problems,
    grade_problems,
    is_overdue,
    step_problems,
)
from xuequ.unified.party.rules.study import (
    Studied,
    day_problems,
    given_problems,
    hours_short,
    hours_wanted,
    lesson_problems,
    session_problems,
)
from xuequ.unified.party.states.appraisal import AppraisalStep, Grade
from xuequ.unified.party.states.meetings import MeetingKind, MeetingState

DAY, TODAY = date(2026, 10, 15), date(2026, 11, 2)
STANDARDS = national()
S = AppraisalStep
STEPS = list(S)


@given(st.sampled_from(STEPS), st.sampled_from(STEPS))
def test_a_step_follows_the_one_before_it_and_no_other(now: AppraisalStep, to: AppraisalStep) -> None:
    allowed = STEPS.index(to) == STEPS.index(now) + 1
    assert (step_problems(Stand("1", now), to, DAY, TODAY) == []) == allowed


def test_a_step_is_dated_after_the_one_before_and_not_ahead() -> None:
    stand = Stand("1", S.SELF, DAY)
    early = step_problems(stand, S.MUTUAL, date(2026, 10, 14), TODAY)
    ahead = step_problems(stand, S.MUTUAL, date(2026, 11, 3), TODAY)
    assert [one.error.code for one in early] == ["party.appraisal_step_backwards"]
    assert [one.error.code for one in ahead] == ["party.appraisal_step_ahead"]
    assert step_problems(stand, S.MUTUAL, DAY, TODAY) == []


@pytest.mark.parametrize("kind", list(MeetingKind))
def test_ballots_and_criticism_are_of_life_and_appraisal_meetings_that_were_held(kind: MeetingKind) -> None:
    fit = kind in (MeetingKind.LIFE, MeetingKind.APPRAISAL)
    for rule in (ballot_meeting_problems, criticism_problems):
        assert (rule("1", kind, MeetingState.HELD) == []) == fit
        assert rule("1", kind, MeetingState.PLANNED)


def test_nobody_has_more_ballots_than_there_are_people() -> None:
    assert ballot_problems("1", 9, 9) == []
    assert [one.error.code for one in ballot_problems("1", 10, 9)] == ["party.ballots_exceed_present"]


def test_only_grades_in_force_are_given() -> None:
    assert [grade_problems(grade, STANDARDS, DAY) for grade in Grade] == [[]] * 4
    fewer = STANDARDS.with_own(
        [Standard("party.appraisal.grades", ("合格", "不合格"), DaySpan(date(2026, 1, 1)), place="530921")]
    )
    found = grade_problems(Grade.EXCELLENT, fewer, DAY)
    assert [one.error.code for one in found] == ["party.grade_not_in_force"]


def test_the_last_day_is_still_in_time() -> None:
    assert not is_overdue(TODAY, None, TODAY)
    assert is_overdue(DAY, None, TODAY) and is_overdue(DAY, TODAY, TODAY)
    assert not is_overdue(DAY, DAY, TODAY)
    assert done_problems("1", TODAY, TODAY) == [] and done_problems("1", date(2026, 11, 3), TODAY)


# study


def test_a_session_is_within_its_programme_and_of_members() -> None:
    programme = DaySpan(date(2026, 1, 1), date(2026, 12, 31))
    said = Studied(DAY, "党章", {1: Decimal(2), 9: Decimal(2)})
    assert [one.error.code for one in session_problems(said, programme, {1}, TODAY)] == [
        "party.studied_by_stranger"
    ]
    for day in (date(2025, 12, 31), date(2026, 12, 1)):
        found = session_problems(Studied(day, "党章", {}), programme, {1}, TODAY)
        assert [one.error.code for one in found] == ["party.study_outside_programme"]


def test_a_day_has_no_more_hours_than_a_day() -> None:
    assert day_problems(DAY, {1: Decimal(24)}) == []
    assert [one.error.code for one in day_problems(DAY, {1: Decimal("24.5")})] == ["party.too_many_hours"]


def test_members_are_wanted_with_32_hours_and_officers_with_56() -> None:
    assert [hours_wanted(officer, STANDARDS, DAY) for officer in (False, True)] == [32, 56]
    assert hours_short(Decimal("30.5"), 32) == Decimal("1.5")
    assert hours_short(Decimal(40), 32) == 0


def test_a_lesson_is_given_or_called_off_once_and_not_ahead() -> None:
    assert lesson_problems("1", None, None) == []
    assert lesson_problems("1", DAY, None) and lesson_problems("1", None, DAY)
    assert given_problems("1", TODAY, TODAY) == [] and given_problems("1", date(2026, 11, 3), TODAY)
