"""Rolls: what may be called and corrected, heads, and a month of staff."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.attendance import (
    MarkedTwice,
    NobodyDue,
    NoSchoolThen,
    NotDue,
    RollAhead,
    RollKnown,
    RollReplaced,
    RollSame,
    RollUnknown,
)
from xuequ.registry.rules.attendance import (
    Called,
    Ground,
    Mark,
    Presence,
    Standing,
    check_correction,
    check_roll,
    heads_present,
    month_of,
    presence,
    together,
    worked,
)
from xuequ.registry.states.attendance import PupilAttendance, StaffAttendance

DAY = date(2026, 9, 2)
AM, PM = HalfDay(DAY, Half.AM), HalfDay(DAY, Half.PM)
DUE = {1: "P1", 2: "P2", 3: "P3"}
SICK, LATE, TRUANT = PupilAttendance.SICK, PupilAttendance.LATE, PupilAttendance.TRUANT
EXCEPTIONS = [kind for kind in PupilAttendance if kind is not PupilAttendance.PRESENT]


def ground(
    at: HalfDay = AM,
    now: HalfDay = PM,
    closed: str = "",
    due: dict[int, str] | None = None,
    standing: Standing | None = None,
) -> Ground:
    return Ground("s1 一（1）班", at, now, closed, DUE if due is None else due, standing)


def kinds(problems: list[Problem]) -> list[type[Exception]]:
    found: list[type[Exception]] = [type(problem.error) for problem in problems]
    return found


# calling and correcting


def test_a_roll_is_called_once_for_a_half_day_that_has_come() -> None:
    assert check_roll([Mark(1, SICK)], ground(), {}) == []
    assert check_roll([], ground(AM, AM), {}) == []
    assert kinds(check_roll([], ground(PM, AM), {})) == [RollAhead]
    assert kinds(check_roll([], ground(standing=Standing(1, 3, frozenset())), {})) == [RollKnown]


def test_all_that_is_wrong_with_a_roll_is_said_at_once() -> None:
    marks = [Mark(1, SICK), Mark(1, LATE), Mark(9, TRUANT)]
    found = check_roll(marks, ground(PM, AM, "周末"), {9: "P9"})
    wanted: list[type[Exception]] = [RollAhead, NoSchoolThen, MarkedTwice, NotDue]
    assert kinds(found) == wanted
    assert "P9" in found[-1].text() and "P1" in found[-2].text()
    assert kinds(check_roll([Mark(1, SICK)], ground(due={}), {})) == [NobodyDue]


def test_a_correction_says_which_edition_it_corrects_and_changes_something() -> None:
    standing = Standing(2, 3, frozenset({Mark(1, SICK)}))
    assert check_correction([Mark(2, SICK)], ground(standing=standing), {}, 2) == []
    assert kinds(check_correction([], ground(standing=standing), {}, 1)) == [RollReplaced]
    assert kinds(check_correction([Mark(1, SICK)], ground(standing=standing), {}, 2)) == [RollSame]
    late = Standing(2, 4, frozenset({Mark(1, SICK)}))
    assert check_correction([Mark(1, SICK)], ground(standing=late), {}, 2) == [], "fewer are due now"
    assert kinds(check_correction([Mark(1, SICK)], ground(), {}, 1)) == [RollUnknown]
    assert kinds(check_correction([Mark(9, SICK)], ground(standing=standing), {}, 2)) == [NotDue]


# heads

marked = st.dictionaries(st.integers(0, 40), st.sampled_from(EXCEPTIONS))


@given(marked, st.integers(41, 60))
def test_present_and_away_are_all_who_are_due(marks: dict[int, PupilAttendance], due: int) -> None:
    away = sum(not kind.is_there for kind in marks.values())
    assert heads_present(due, marks.values()) + away == due


@given(marked, marked, st.integers(41, 60))
def test_who_was_there_at_all_is_bounded_by_the_half_days(
    am: dict[int, PupilAttendance], pm: dict[int, PupilAttendance], due: int
) -> None:
    def roll(marks: dict[int, PupilAttendance]) -> Called:
        away = frozenset(who for who, kind in marks.items() if not kind.is_there)
        return Called(due, heads_present(due, marks.values()), away)

    morning, afternoon = roll(am), roll(pm)
    found = presence(due, frozenset(Half), {Half.AM: morning, Half.PM: afternoon})
    people = set(range(due))
    assert found.at_all == len((people - morning.away) | (people - afternoon.away))
    assert (found.am, found.pm) == (morning.present, afternoon.present)
    assert found.at_all is not None and found.at_all >= max(morning.present, afternoon.present)
    assert presence(due, frozenset({Half.AM}), {Half.AM: morning}) == Presence(
        due, morning.present, 0, morning.present
    )


def test_a_missing_roll_is_unknown_and_never_present() -> None:
    both, called = frozenset(Half), Called(3, 3)
    assert presence(3, both, {Half.AM: called}) == Presence(3, 3, None, None)
    assert presence(3, both, {}) == Presence(3, None, None, None)
    assert presence(3, frozenset(), {}) == Presence(3, 0, 0, 0)
    whole = presence(3, both, {Half.AM: called, Half.PM: called})
    assert together([whole, whole]) == Presence(6, 6, 6, 6)
    assert together([whole, presence(3, both, {Half.AM: called})]) == Presence(6, 6, None, None)


# staff

slots = [HalfDay(DAY + timedelta(n), half) for n in range(10) for half in Half]
staff_kinds = st.sampled_from(list(StaffAttendance)[1:])


@given(
    st.lists(st.sampled_from(slots), unique=True),
    st.frozensets(st.sampled_from(slots)),
    st.dictionaries(st.sampled_from(slots), staff_kinds),
    st.integers(0, 9),
)
def test_a_month_of_staff_adds_up(
    halves: list[HalfDay], called: frozenset[HalfDay], marks: dict[HalfDay, StaffAttendance], since: int
) -> None:
    spans = [DaySpan(DAY + timedelta(since))]
    found = worked(spans, halves, called, marks)
    away = sum(count for kind, count in found.kinds.items() if not kind.is_there)
    assert found.there + away + found.unknown == found.due
    assert found.due == sum(at.day >= spans[0].since for at in halves)


def test_what_was_marked_without_a_roll_counts_for_nothing() -> None:
    found = worked(
        [DaySpan(DAY)], [AM, PM], frozenset({AM}), {AM: StaffAttendance.LATE, PM: StaffAttendance.ABSENT}
    )
    assert (found.due, found.there, found.unknown) == (2, 1, 1)
    assert found.kinds == {StaffAttendance.LATE: 1}


@pytest.mark.parametrize(("month", "last"), [(2, 28), (9, 30), (12, 31)])
def test_a_month_ends_on_its_last_day(month: int, last: int) -> None:
    assert month_of(2026, month).last_day == date(2026, month, last)
