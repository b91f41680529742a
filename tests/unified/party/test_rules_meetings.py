"""Whose meeting it is, what counts as held, and what is missing by whole months and quarters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.standards.national import national
from xuequ.unified.party.rules.absences import (
    Absence,
    Attended,
    absences_in_a_row,
    is_flagged,
    months_without_meetings,
    withdrawal_alarm,
)
from xuequ.unified.party.rules.frequencies import (
    FREQUENCIES,
    Frequency,
    Held,
    Judged,
    Per,
    by_period,
    judge,
    missed_reason_problems,
    period_of,
    periods_of_year,
    requirement,
    talks_missing,
)
from xuequ.unified.party.rules.meetings import (
    Belonging,
    Convened,
    Said,
    attendance_problems,
    calling_problems,
    counts,
    holding_problems,
    marks_when_held,
    should_attend,
    step_problems,
    within_problems,
)
from xuequ.unified.party.rules.votes import Attendee
from xuequ.unified.party.states.meetings import (
    AlarmLevel,
    Body,
    Completion,
    Mark,
    MeetingKind,
    MeetingState,
)
from xuequ.unified.party.states.members import MemberState

DAY, TODAY = date(2026, 10, 15), date(2026, 11, 2)
STANDARDS = national()
FULL, PROBATIONARY, SUSPENDED = MemberState.FULL, MemberState.PROBATIONARY, MemberState.SUSPENDED
P, E, A = Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT
K = MeetingKind
OF = {(one.kind, one.by_leaders): one for one in FREQUENCIES}
ALWAYS = [DaySpan(date(2015, 7, 1))]


# who should attend

PEOPLE = [
    Belonging(1, FULL, 10, True),
    Belonging(2, FULL, 10),
    Belonging(3, PROBATIONARY, 20),
    Belonging(4, SUSPENDED, 20),
]


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        (Convened("1", K.BRANCH, Body.BRANCH), [1, 2, 3]),
        (Convened("1", K.COMMITTEE, Body.COMMITTEE), [1]),
        (Convened("1", K.GROUP, Body.GROUP, 10), [1, 2]),
        (Convened("1", K.GROUP, Body.GROUP, 20), [3]),
        (Convened("1", K.TALK, Body.NAMED, None, (1, 3)), [1, 3]),
    ],
)
def test_who_should_attend_follows_from_whose_meeting_it_is(meeting: Convened, expected: list[int]) -> None:
    assert [one.member_id for one in should_attend(meeting, PEOPLE)] == expected


def calling(
    kind: MeetingKind, body: Body, group: int | None = None, named: tuple[int, ...] = ()
) -> list[str]:
    return [one.error.code for one in calling_problems(Convened("1", kind, body, group, named))]


def test_a_meeting_is_called_by_whoever_may_hold_it() -> None:
    assert calling(K.LIFE, Body.COMMITTEE) == calling(K.GROUP, Body.GROUP, 1) == []
    assert calling(K.BRANCH, Body.GROUP, 1) == ["party.body_unfit"]
    assert calling(K.GROUP, Body.GROUP) == ["party.group_needed"]
    assert calling(K.BRANCH, Body.BRANCH, 1) == ["party.group_needed"]
    assert calling(K.TALK, Body.NAMED, None, (1, 1)) == ["party.talk_needs_two"]
    assert calling(K.BRANCH, Body.BRANCH, None, (1, 2)) == ["party.talk_needs_two"]


def test_only_a_theme_day_of_the_same_day_contains_a_meeting() -> None:
    assert within_problems("2", DAY, "1", K.THEME_DAY, DAY) == []
    for kind, day in ((K.BRANCH, DAY), (K.THEME_DAY, TODAY)):
        assert [one.error.code for one in within_problems("2", DAY, "1", kind, day)] == ["party.not_within"]


def test_a_meeting_is_held_by_people_who_are_there_and_not_in_the_future() -> None:
    meeting = Convened("1", K.TALK, Body.NAMED, None, (1, 5))
    found = holding_problems(meeting, TODAY + timedelta(1), TODAY, [], [1], (1, 9, None))
    assert [one.error.code for one in found] == [
        "party.meeting_ahead",
        "party.nobody_should_attend",
        "party.not_to_attend",
        "party.not_to_attend",
        "party.host_not_member",
    ]


# attendance


def test_attendance_is_within_those_who_should_attend() -> None:
    said = [Said(1, P), Said(1, P), Said(9, P)]
    found = [one.error.code for one in attendance_problems("1", DAY, {1, 2}, said)]
    assert found == ["party.marked_twice", "party.not_to_attend"]


@pytest.mark.parametrize(
    ("on", "reason", "expected"),
    [
        (DAY - timedelta(1), "住院", []),
        (DAY, "住院", []),
        (DAY + timedelta(1), "住院", ["party.excused_too_late"]),
        (None, "住院", ["party.excuse_without_reason"]),
        (DAY, "", ["party.excuse_without_reason"]),
    ],
)
def test_leave_counts_only_when_granted_before(on: date | None, reason: str, expected: list[str]) -> None:
    found = attendance_problems("1", DAY, {1}, [Said(1, E, on, reason)])
    assert [one.error.code for one in found] == expected


def test_everybody_gets_a_mark_and_whoever_comes_all_the_same_was_there() -> None:
    granted = {2: Said(2, E, DAY, "住院"), 3: Said(3, E, DAY, "出差")}
    marks = marks_when_held([1, 2, 3, 4], {1, 3}, granted)
    assert [one.mark for one in marks] == [P, E, P, A]


def test_a_record_is_voided_and_never_held_again() -> None:
    assert step_problems(MeetingState.PLANNED, MeetingState.HELD) == []
    for state in (MeetingState.HELD, MeetingState.CANCELLED, MeetingState.VOIDED):
        assert step_problems(state, MeetingState.HELD)


def roll(*marks: Mark, state: MemberState = FULL) -> list[Attendee]:
    return [Attendee(number, state, mark) for number, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("kind", "marks", "expected"),
    [
        (K.BRANCH, (P, P, A, A), True),
        (K.BRANCH, (P, A, A, A), False),
        (K.BRANCH, (P, P, A, A, E), True),
        (K.COMMITTEE, (P, P, A), True),
        (K.COMMITTEE, (P, A, A), False),
        (K.COMMITTEE, (P, E, E), False),  # half of the committee, with leave or without
        (K.GROUP, (P, A, A, A), True),
        (K.GROUP, (A, A), False),
    ],
)
def test_a_meeting_counts_by_its_own_quorum(
    kind: MeetingKind, marks: tuple[Mark, ...], expected: bool
) -> None:
    assert counts(kind, roll(*marks), "议题", STANDARDS, DAY) is expected


def test_a_meeting_without_an_agenda_of_its_own_counts_for_nothing() -> None:
    assert not counts(K.BRANCH, roll(P, P), "", STANDARDS, DAY)


# by whole months, quarters and years


def judged(
    kind: MeetingKind,
    period: DaySpan,
    *held: date,
    today: date = TODAY,
    reason: str = "",
    standing: list[DaySpan] = ALWAYS,
    standards: Standards = STANDARDS,
    leaders: bool = False,
) -> Judged:
    meetings = [Held(day, by_leader=False) for day in held]
    return judge(OF[kind, leaders], period, meetings, standing, standards, today, reason)


def month(number: int) -> DaySpan:
    return period_of(date(2026, number, 1), Per.MONTH)


def test_not_yet_due_is_not_missed() -> None:
    quarter = period_of(DAY, Per.QUARTER)
    assert judged(K.BRANCH, quarter, today=date(2026, 12, 31)).state is Completion.NOT_YET_DUE
    assert judged(K.BRANCH, quarter, today=date(2027, 1, 1)).state is Completion.MISSED
    assert judged(K.BRANCH, quarter, DAY, today=DAY).state is Completion.MET


@pytest.mark.parametrize("number", [7, 8])
def test_the_summer_holiday_suspends_nothing(number: int) -> None:
    assert judged(K.THEME_DAY, month(number)).state is Completion.MISSED
    assert judged(K.GROUP, month(number)).state is Completion.MISSED


def test_a_meeting_counts_in_the_quarter_in_which_it_was_held() -> None:
    third, fourth = period_of(date(2026, 9, 30), Per.QUARTER), period_of(date(2026, 10, 1), Per.QUARTER)
    assert third.until == fourth.since == date(2026, 10, 1)
    assert judged(K.BRANCH, third, date(2026, 9, 30)).state is Completion.MET
    assert judged(K.BRANCH, third, date(2026, 10, 1)).state is Completion.MISSED


def test_what_is_usual_may_be_left_out_with_a_reason_and_what_must_be_may_not() -> None:
    usual, must = judged(K.GROUP, month(9), reason="防汛"), judged(K.THEME_DAY, month(9), reason="防汛")
    assert (usual.state, usual.reason) == (Completion.REASONED, "防汛")
    assert (must.state, must.reason) == (Completion.MISSED, "")
    assert [one.error.code for one in missed_reason_problems(OF[K.THEME_DAY, False], must)] == [
        "party.no_reason_excuses"
    ]
    assert missed_reason_problems(OF[K.GROUP, False], usual) == []


def test_no_reason_is_taken_for_what_was_held_or_is_not_over() -> None:
    for one in (judged(K.GROUP, month(11)), judged(K.GROUP, month(9), date(2026, 9, 5))):
        found = missed_reason_problems(OF[K.GROUP, False], one)
        assert [problem.error.code for problem in found] == ["party.reason_not_needed"]


def test_nothing_is_due_of_a_committee_that_did_not_stand_the_whole_month() -> None:
    seated = [DaySpan(date(2026, 9, 2))]
    assert judged(K.COMMITTEE, month(9), standing=seated).state is Completion.NOT_APPLICABLE
    assert judged(K.COMMITTEE, month(10), standing=seated).state is Completion.MISSED
    assert judged(K.COMMITTEE, month(10), standing=[]).state is Completion.NOT_APPLICABLE
    changed = [DaySpan(date(2020, 1, 1), date(2026, 9, 10)), DaySpan(date(2026, 9, 10))]
    assert judged(K.COMMITTEE, month(9), standing=changed).state is Completion.MISSED
    apart = [DaySpan(date(2020, 1, 1), date(2026, 9, 10)), DaySpan(date(2026, 9, 11))]
    assert judged(K.COMMITTEE, month(9), standing=apart).state is Completion.NOT_APPLICABLE


def test_nothing_is_due_before_the_regulation_and_what_was_held_is_shown() -> None:
    early = period_of(date(2018, 7, 1), Per.QUARTER)
    assert judged(K.BRANCH, early).state is Completion.NOT_APPLICABLE
    assert judged(K.BRANCH, early, date(2018, 8, 1)).state is Completion.MET


def test_lectures_have_no_number_until_the_county_sets_one() -> None:
    quarter = period_of(date(2026, 7, 1), Per.QUARTER)
    assert judged(K.LECTURE, quarter).state is Completion.NOT_APPLICABLE
    own = Standard("party.lecture.per_quarter", 1, DaySpan(date(2026, 1, 1)), unit="次/季度", place="530921")
    assert judged(K.LECTURE, quarter, standards=STANDARDS.with_own([own])).state is Completion.MISSED


def test_a_lecture_by_somebody_else_is_none_by_the_leaders() -> None:
    year, leaders = period_of(date(2025, 3, 1), Per.YEAR), OF[K.LECTURE, True]
    for by_leader, state in ((False, Completion.MISSED), (True, Completion.MET)):
        held = [Held(date(2025, 7, 1), by_leader)]
        assert judge(leaders, year, held, ALWAYS, STANDARDS, TODAY).state is state


def test_every_month_of_a_year_has_its_cell() -> None:
    for per in Per:
        years = [judged(K.BRANCH, period) for period in periods_of_year(2026, per)]
        assert sorted(by_period(years)) == list(range(1, 13))


def test_the_grid_says_how_strong_a_rule_is() -> None:
    said = {one.kind: requirement(STANDARDS.find(one.key, on=TODAY)) for one in FREQUENCIES}
    assert said[K.BRANCH] == "一般 1 次/季度"
    assert said[K.THEME_DAY] == "应当 1 次/月"
    assert requirement(None) == "当地未规定次数"


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.sampled_from(list(Per)))
def test_a_period_holds_its_day_and_meets_the_next(day: date, per: Per) -> None:
    period = period_of(day, per)
    assert day in period and period.until is not None
    assert period.meets(period_of(period.until, per))


@given(
    st.sampled_from(FREQUENCIES),
    st.dates(date(2019, 1, 1), date(2027, 12, 31)),
    st.dates(date(2019, 1, 1), date(2027, 12, 31)),
    st.booleans(),
)
def test_nothing_is_missed_before_its_time_is_over(
    frequency: Frequency, day: date, today: date, held: bool
) -> None:
    period = period_of(day, frequency.per)
    meetings = [Held(day, by_leader=True)] if held else []
    state = judge(frequency, period, meetings, ALWAYS, STANDARDS, today).state
    assert period.until is not None
    if state is Completion.MISSED:
        assert today >= period.until and not held


# talks


def test_each_pair_of_the_committee_and_each_member_with_one_of_it_talk_once_a_year() -> None:
    assert talks_missing([(1, 2), (1, 3)], [1, 2], [1, 2, 3, 4]) == ([], [4])
    assert talks_missing([(3, 4)], [1, 2], [1, 2, 3, 4]) == ([(1, 2)], [3, 4])
    assert talks_missing([(3, 4)], [], [3, 4, 5]) == ([], [5])


# who stays away


def lines(*said: tuple[int, Mark]) -> list[Attended]:
    """Return marks in months of 2026, each of the fifth."""
    return [Attended(date(2026, number, 5), mark) for number, mark in said]


def test_absences_in_a_row_go_on_through_leave_and_end_with_coming() -> None:
    absence = absences_in_a_row(lines((5, P), (6, A), (7, E), (8, A)))
    assert absence == Absence(2, date(2026, 6, 5))
    assert absences_in_a_row(lines((5, A), (6, P))) == Absence(0)


def test_nobody_is_flagged_until_the_district_says_from_how_many() -> None:
    absence = Absence(3, DAY)
    assert is_flagged(absence, STANDARDS, TODAY) is None
    for number, flagged in ((3, True), (4, False)):
        own = Standard("party.absences_flagged_from", number, DaySpan(date(2026, 1, 1)), place="530921/q")
        assert is_flagged(absence, STANDARDS.with_own([own]), TODAY) is flagged


@pytest.mark.parametrize(
    ("said", "months"),
    [
        (((4, P), (5, A), (6, A), (7, A), (8, A), (9, A), (10, A)), 6),
        (((4, A), (5, P), (6, A), (7, A)), 2),
        (((5, A), (6, E), (7, A)), 1),  # good reason for all of June ends the row
        (((5, A), (6, A), (6, E), (7, A)), 3),
        (((5, A), (8, A)), 2),  # nothing was held in June and July
        (((9, A), (10, A), (11, P)), 0),
        (((9, A), (10, A), (11, A)), 2),  # November is not over
        ((), 0),
    ],
)
def test_months_without_meetings(said: tuple[tuple[int, Mark], ...], months: int) -> None:
    assert months_without_meetings(lines(*said), TODAY).months == months


def test_the_first_of_the_months_is_told() -> None:
    assert months_without_meetings(lines((8, P), (9, A), (10, A)), TODAY).since == (2026, 9)


@pytest.mark.parametrize(
    ("meetings", "dues", "level"),
    [
        (2, 2, None),  # two rows of two are no row of four
        (3, 0, AlarmLevel.WARN),
        (0, 5, AlarmLevel.WARN),
        (5, 5, AlarmLevel.WARN),
        (6, 0, AlarmLevel.PROPOSE),
        (0, 6, AlarmLevel.PROPOSE),
        (9, 1, AlarmLevel.PROPOSE),
    ],
)
def test_it_warns_at_three_to_five_months_and_proposes_at_six(
    meetings: int, dues: int, level: AlarmLevel | None
) -> None:
    alarm = withdrawal_alarm(meetings, dues, STANDARDS, TODAY)
    assert (alarm and alarm.level) == level


def test_the_grounds_name_what_was_left_undone() -> None:
    alarm = withdrawal_alarm(6, 3, STANDARDS, TODAY)
    assert alarm is not None and alarm.months == 6
    assert alarm.grounds == ("连续6个月未参加组织生活", "连续3个月未交党费")
    assert "第九条" in alarm.authority
    only = withdrawal_alarm(1, 4, STANDARDS, TODAY)
    assert only is not None and only.grounds == ("连续4个月未交党费",)


@given(st.lists(st.tuples(st.integers(1, 10), st.sampled_from(list(Mark))), max_size=30))
def test_coming_once_more_never_lengthens_the_row(said: list[tuple[int, Mark]]) -> None:
    row = lines(*said)
    before = months_without_meetings(row, TODAY).months
    for number in range(1, 11):
        assert months_without_meetings([*row, *lines((number, P))], TODAY).months <= before
