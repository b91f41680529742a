"""The leave chain from end to end: asked, approved, covered, taken, and what both teachers get of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.unified.leadership.leaves import AM, OFFICE, PM, PRINCIPAL, at, furnish, granted, sep, staff_id
from tests.unified.teaching.ground import assign, class_of, need, teach
from xuequ import District
from xuequ.standards.codes.schooling import Subject
from xuequ.unified.leadership.service.leave import LeaveService

PERSONAL, COVER = "attendance.leave.personal", "teaching.cover"
CHINESE = Subject.CHINESE
AWAY, SUBSTITUTE = "s2-T2", "s2-T3"


@pytest.fixture
def door(session: Session) -> District:
    door = furnish(session)
    teach(door, AWAY, class_of(door, "s2"), CHINESE)
    return door


def totals(door: District, who: str) -> dict[str, Decimal]:
    late = at(door, sep(30))
    found = late.evaluation.totals_of(staff_id(door, who), date(2026, 9, 1), date(2027, 9, 1))
    return {one.indicator: one.amount for one in found if one.amount}


def leave_of(door: District, day: int, who: str | None = None) -> LeaveService:
    return at(door, sep(day), who).leadership.leave


def test_a_leave_of_two_days_cut_short_comes_to_the_right_sum_for_both(door: District) -> None:
    leave = granted(door, AWAY, sep(3), AM, sep(4))
    office = at(door, sep(2), OFFICE)
    for day, half in ((3, AM), (3, PM), (4, AM), (4, PM)):
        assign(office, need(office, sep(day), CHINESE, half, AWAY), SUBSTITUTE)
    assert totals(door, AWAY) == totals(door, SUBSTITUTE) == {}
    at(door, sep(4), PRINCIPAL, 14).leadership.leave.register_return(leave.id, sep(4), PM)
    leave_of(door, 8).record_taken()
    assert totals(door, AWAY) == {PERSONAL: Decimal("1.5")}
    assert totals(door, SUBSTITUTE) == {COVER: Decimal(3)}
    assert [one.state.code for one in door.teaching.cover.needs(sep(4))] == ["covered"]


def test_a_leave_voided_after_it_was_taken_leaves_nothing(door: District) -> None:
    leave = granted(door, AWAY, sep(3), AM)
    office = at(door, sep(2), OFFICE)
    assign(office, need(office, sep(3), CHINESE, AM, AWAY), SUBSTITUTE)
    leave_of(door, 8).record_taken()
    assert totals(door, AWAY) == {PERSONAL: Decimal("0.5")}
    leave_of(door, 8, PRINCIPAL).cancel(leave.id, "登记错人")
    assert totals(door, AWAY) == totals(door, SUBSTITUTE) == {}
    assert door.teaching.cover.needs(sep(3)) == []


def test_no_leave_waits_for_a_substitute(door: District) -> None:
    granted(door, AWAY, sep(3), AM)
    granted(door, SUBSTITUTE, sep(3), AM)
    granted(door, "s2-T1", sep(3), AM)
    assert [one.staff_no for one in door.teaching.cover.uncovered(sep(3))] == [f"qianfeng-{AWAY}"]
