"""The leave chain: from facts of leave to cover and to evidence that comes to the right sum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.unified.teaching.ground import (
    LEAVE,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    approve,
    approved,
    assign,
    at,
    cancel,
    half,
    make,
    need,
    shorten,
    staff_id,
    take,
    taken,
    tell,
    whole,
)
from xuequ import Actor, District, Holding, Post
from xuequ.core.context import Context
from xuequ.core.facts import Fact
from xuequ.core.halfdays import Half, HalfDay
from xuequ.flows import FLOWS
from xuequ.standards.codes.schooling import Subject
from xuequ.testing import rollback_session
from xuequ.unified.leadership.facts.leave import LeaveCancelled, LeaveShortened

LATER = date(2026, 11, 2)
SICK, COVER = "attendance.leave.sick", "teaching.cover"
CHINESE, MATHS = Subject.CHINESE, Subject.MATHS


@pytest.fixture
def door(session: Session) -> District:
    return at(make(session).context.session, LATER)


def totals(door: District, who: str = "s1-T1") -> dict[str, Decimal]:
    found = door.evaluation.totals_of(staff_id(door, who), date(2026, 9, 1), date(2027, 9, 1))
    return {one.indicator: one.amount for one in found if one.amount}


def again(context: Context, fact: Fact, fact_id: int) -> None:
    """Replay a fact: its flows run once more with the same id."""
    with context.writing():
        for flow in FLOWS[type(fact)]:
            flow.run(context, fact, fact_id)


def test_approval_of_a_leave_writes_no_evidence_and_half_days_that_passed_do(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    assert totals(door) == {}
    take(door, "s1-T1", whole(MONDAY))
    assert totals(door) == {SICK: Decimal(1)}
    take(door, "s1-T1", [half(TUESDAY)])
    assert totals(door) == {SICK: Decimal("1.5")}
    days = [one.day for one in door.evaluation.evidence_of(staff_id(door, "s1-T1"), MONDAY, LATER)]
    assert days == [MONDAY, MONDAY, TUESDAY]


def test_a_half_day_is_evidence_once_however_often_it_is_reported(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    first = taken(door, "s1-T1", whole(MONDAY))
    first_id = tell(door, first)
    take(door, "s1-T1", whole(MONDAY, TUESDAY))  # a report that repeats the first
    again(door.context, first, first_id)
    assert totals(door) == {SICK: Decimal(2)}


def test_an_early_return_found_out_late_takes_back_what_lies_after_it(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    fact = taken(door, "s1-T1", whole(MONDAY, TUESDAY))
    fact_id = tell(door, fact)
    shorten(door, "s1-T1", half(TUESDAY, Half.PM))
    assert totals(door) == {SICK: Decimal("1.5")}
    again(door.context, fact, fact_id)
    assert totals(door) == {SICK: Decimal("1.5")}


def test_a_cancelled_leave_comes_to_nothing_whatever_is_replayed(door: District) -> None:
    fact = taken(door, "s1-T1", whole(MONDAY, TUESDAY))
    asked = approved(door, "s1-T1", whole(MONDAY, TUESDAY))
    asked_id, fact_id = tell(door, asked), tell(door, fact)
    void = LeaveCancelled(leave_id=LEAVE, staff_id=staff_id(door, "s1-T1"))
    void_id = tell(door, void)
    for one, one_id in ((asked, asked_id), (fact, fact_id), (void, void_id)):
        again(door.context, one, one_id)
    assert totals(door) == {}
    assert door.teaching.cover.needs(MONDAY) == []


def test_approved_longer_after_an_early_return_comes_to_the_right_sum(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    take(door, "s1-T1", whole(MONDAY, TUESDAY))
    back = LeaveShortened(leave_id=LEAVE, staff_id=staff_id(door, "s1-T1"), back_at=half(TUESDAY))
    back_id = tell(door, back)
    approve(door, "s1-T1", whole(MONDAY, TUESDAY, WEDNESDAY))
    take(door, "s1-T1", whole(TUESDAY, WEDNESDAY))
    assert totals(door) == {SICK: Decimal(3)}
    again(door.context, back, back_id)  # an old fact told again takes nothing of the new back
    assert totals(door) == {SICK: Decimal(3)}


def test_a_substitute_gets_evidence_when_the_half_day_has_passed(session: Session) -> None:
    door = make(session)
    approve(door, "s1-T1", whole(TUESDAY))
    done = assign(door, need(door, TUESDAY, CHINESE), "s1-T4")
    assign(door, need(door, TUESDAY, MATHS), "s1-T4")
    assert totals(door, "s1-T4") == {}
    door = at(session, LATER)
    take(door, "s1-T1", [half(TUESDAY)])
    assert totals(door, "s1-T4") == {COVER: Decimal(2)}
    take(door, "s1-T1", whole(TUESDAY))
    assert totals(door, "s1-T4") == {COVER: Decimal(2)}
    assert done.assignment_id is not None
    door.teaching.cover.release(done.assignment_id, "当天未到")
    assert totals(door, "s1-T4") == {COVER: Decimal(1)}


def test_cover_of_half_days_that_were_no_leave_after_all_is_taken_back(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    assign(door, need(door, MONDAY, CHINESE, Half.PM), "s1-T4")
    assert totals(door, "s1-T4") == {COVER: Decimal(2)}  # assigned afterwards, so given at once
    shorten(door, "s1-T1", half(MONDAY, Half.PM))
    assert totals(door, "s1-T4") == {COVER: Decimal(1)}
    cancel(door, "s1-T1")
    assert totals(door, "s1-T4") == {}


def test_a_substitute_who_was_on_leave_themselves_did_not_give_cover(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    approve(door, "s1-T4", whole(MONDAY), LEAVE + 1)  # registered after the fact
    assert totals(door, "s1-T4") == {}


def test_a_scheduler_counts_what_has_passed_once(session: Session) -> None:
    door = make(session)
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    assign(door, need(door, TUESDAY, CHINESE), "s1-T4")
    assert door.teaching.cover.record_given() == 0  # today has not passed
    tomorrow = at(session, TUESDAY)
    assert tomorrow.teaching.cover.record_given(LATER) == 1  # never beyond today
    assert tomorrow.teaching.cover.record_given() == 0
    assert totals(tomorrow, "s1-T4") == {COVER: Decimal(1)}


def test_who_approves_a_leave_needs_no_right_to_cover_or_evidence(session: Session) -> None:
    maker = make(session)
    head = Actor("H", (Holding(Post.SCHOOL_HEAD, "530921/qianfeng/s1"),))
    door = at(session, LATER, head)
    tell(door, approved(maker, "s1-T1", whole(MONDAY)))
    tell(door, taken(maker, "s1-T1", whole(MONDAY)))
    assert totals(at(session, LATER)) == {SICK: Decimal(1)}


# whatever happens, in whatever order

MOST = 6
FIRST = HalfDay(MONDAY, Half.AM).index
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("approve"), st.integers(1, MOST)),
        st.tuples(st.just("shorten"), st.integers(0, MOST)),
        st.tuples(st.just("take"), st.integers(0, MOST)),
        st.tuples(st.just("replay"), st.integers(0, 9)),
        st.just(("cancel", 0)),
    ),
    max_size=10,
)


@given(steps=STEPS)
def test_evidence_comes_to_the_half_days_that_were_taken_and_stand(
    shared_engine: Engine, steps: list[tuple[str, int]]
) -> None:
    with rollback_session(shared_engine) as session:
        door = at(make(session, schools=1).context.session, LATER)
        leave: set[int] = set()
        recorded: set[int] = set()
        told: list[tuple[Fact, int]] = []
        who = staff_id(door, "s1-T1")
        for step, number in steps:
            fact: Fact
            if step == "approve":
                leave = set(range(FIRST, FIRST + number))
                fact = approved(door, "s1-T1", sorted(leave))
            elif step == "shorten":
                leave = {one for one in leave if one < FIRST + number}
                recorded = {one for one in recorded if one < FIRST + number}
                fact = LeaveShortened(leave_id=LEAVE, staff_id=who, back_at=FIRST + number)
            elif step == "take":
                some = sorted(one for one in leave if one < FIRST + number)
                recorded |= set(some)
                fact = taken(door, "s1-T1", some)
            elif step == "cancel":
                leave, recorded = set[int](), set[int]()
                fact = LeaveCancelled(leave_id=LEAVE, staff_id=who)
            else:
                if told:
                    again(door.context, *told[number % len(told)])
                continue
            told.append((fact, tell(door, fact)))
        assert totals(door).get(SICK, Decimal(0)) == Decimal(len(recorded)) / 2
        days = (MONDAY, TUESDAY, WEDNESDAY)
        absent = [one for day in days for one in door.teaching.cover.absent(day)]
        assert {HalfDay(one.day, one.half).index for one in absent} == leave
        assert sum(len(door.teaching.cover.needs(day)) for day in days) == 2 * len(leave)
