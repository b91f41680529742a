"""Pure decisions about transfers: whose turn, until when, and who may ask."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import IllegalTransition
from xuequ.registry.errors.pupils import NotYetHappened
from xuequ.registry.errors.transfers import (
    TransferBackwards,
    TransferForced,
    TransferNeedsClass,
    TransferToSameSchool,
)
from xuequ.registry.rules.calendar import Calendar, Notice
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.transfers import (
    check_class_named,
    check_day,
    check_destination,
    check_turn,
    check_voluntary,
    due_on,
    turn_of,
)
from xuequ.registry.states.transfers import TRANSITIONS, Side, TransferState
from xuequ.standards.national import national
from xuequ.testing.strategies import days

T = TransferState
DAY = date(2026, 10, 12)
STANDARDS = national()
CALENDAR = Calendar(Schooling((9, 1), 1, 6, 3), notices={2026: Notice(2026, {}, frozenset())})


def test_only_an_open_transfer_goes_on_and_always_is_somebodys_turn() -> None:
    assert {state for state in T if TRANSITIONS[state]} == {state for state in T if turn_of(state)}
    assert (turn_of(T.REQUESTED), turn_of(T.RELEASED)) == (Side.SENDING, Side.RECEIVING)
    assert all(T.ACCEPTED not in TRANSITIONS[state] for state in T if state is not T.RELEASED)


@given(st.sampled_from(T), st.sampled_from(T))
def test_a_step_is_in_the_table_or_refused(state: TransferState, to: TransferState) -> None:
    found = [type(problem.error) for problem in check_turn(state, to)]
    assert found == ([] if to in TRANSITIONS[state] else [IllegalTransition])


def test_nobody_is_transferred_without_a_guardian_and_nobody_to_where_they_are() -> None:
    assert check_voluntary(True, DAY, STANDARDS) == [] == check_destination(1, 2, "s2")
    assert isinstance(check_voluntary(False, DAY, STANDARDS)[0].error, TransferForced)
    assert isinstance(check_destination(1, 1, "s1")[0].error, TransferToSameSchool)


@given(days(), st.integers(-5, 9), st.one_of(st.none(), st.integers(0, 5)))
def test_an_answer_is_not_before_what_it_answers_and_not_in_the_future(
    asked: date, after: int, released: int | None
) -> None:
    on, today = asked + timedelta(days=after), asked + timedelta(days=7)
    given_on = None if released is None else asked + timedelta(days=released)
    found = [type(problem.error) for problem in check_day(on, asked, given_on, today)]
    if after < (released or 0):
        assert found == [TransferBackwards]
    else:
        assert found == ([NotYetHappened] if after > 7 else [])


def test_a_class_is_named_within_the_county_and_only_there() -> None:
    for within in (True, False):
        assert check_class_named("s1", within=within, named=within) == []
        found = check_class_named("s1", within=within, named=not within)
        assert isinstance(found[0].error, TransferNeedsClass)


@given(st.integers(0, 330))
def test_ten_working_days_are_two_weeks_when_nothing_falls_out(after: int) -> None:
    begun = date(2026, 1, 5) + timedelta(days=after)
    due = due_on(CALENDAR, begun, STANDARDS)
    last_working = begun - timedelta(days=max(0, begun.weekday() - 4))
    assert due.value == last_working + timedelta(days=14)
    assert bool(due.provisional) == (due.value.year > 2026)
