"""Duty and leave: nobody on leave is rostered, and duty that falls into a later leave is listed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.unified.leadership.leaves import (
    AM,
    CENTRAL,
    OFFICE,
    PM,
    PRINCIPAL,
    approve,
    ask,
    at,
    furnish,
    granted,
    sep,
    staff_id,
)
from xuequ import District
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.errors.duties import OnLeave
from xuequ.unified.leadership.schemas.duties import DutyAssignment, DutyReplacement, DutySwap, DutyView

DAY = sep(8)


@pytest.fixture
def door(session: Session) -> District:
    return at(furnish(session), sep(1))


def put(door: District, day: date = DAY, half: DayHalf | None = None, who: str = CENTRAL) -> list[DutyView]:
    command = DutyAssignment(school="s1", day=day, half=half, staff_id=staff_id(door, who))
    return door.leadership.duties.assign([command])


def test_whoever_is_on_approved_leave_is_not_put_on_duty_in_that_half_day(door: District) -> None:
    granted(door, CENTRAL, DAY)
    with pytest.raises(OnLeave, match="2026-09-08 上午"):
        put(door)
    assert len(put(door, half=DayHalf.PM)) == 1
    assert len(put(door, sep(9))) == 2


def test_a_leave_that_is_only_asked_for_keeps_nobody_off_duty(door: District) -> None:
    ask(door, CENTRAL, DAY)
    assert len(put(door)) == 2
    assert door.leadership.duties.in_leave(sep(1), sep(30)) == []


def test_duty_is_neither_swapped_with_nor_handed_to_somebody_on_leave(door: District) -> None:
    granted(door, CENTRAL, DAY, AM, DAY, PM)
    (mine,) = put(door, half=DayHalf.AM, who=OFFICE)
    (theirs,) = put(door, sep(9), DayHalf.AM)
    duties = door.leadership.duties
    with pytest.raises(OnLeave):
        duties.hand_over(mine.id, DutyReplacement(staff_id=staff_id(door, CENTRAL), reason="公出"))
    with pytest.raises(OnLeave):
        duties.swap(DutySwap(duty_id=mine.id, with_id=theirs.id, reason="公出"))
    assert {one.id for one in duties.on_duty(sep(1), sep(30))} == {mine.id, theirs.id}


def test_duty_that_falls_into_a_leave_approved_later_is_listed_until_it_is_handed_over(
    door: District,
) -> None:
    morning, _ = put(door)
    duties, leave = door.leadership.duties, ask(door, CENTRAL, DAY)
    approve(door, PRINCIPAL, leave)
    (listed,) = duties.in_leave(sep(1), sep(30))
    assert (listed.duty.id, listed.leave_id) == (morning.id, leave.id)
    assert duties.in_leave(sep(1), sep(30), "s1") == [listed]
    assert duties.in_leave(sep(1), sep(30), "s2") == duties.in_leave(sep(9), sep(30)) == []
    duties.hand_over(morning.id, DutyReplacement(staff_id=staff_id(door, OFFICE), reason="请假"))
    assert duties.in_leave(sep(1), sep(30)) == []
