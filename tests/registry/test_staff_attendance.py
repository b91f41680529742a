"""Rolls of a school's staff, and their months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.registry.attendance_doors import AM, MONDAY, PLACE, PM, acting, evening, school_days
from xuequ import District, Post
from xuequ.core.errors import ActionNotPermitted
from xuequ.core.halfdays import Half
from xuequ.core.source import Source
from xuequ.registry.errors.attendance import NoSchoolThen, NotDue, RollKnown, RollReplaced, RollUnknown
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.models.attendance import StaffRoll
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement
from xuequ.registry.schemas.attendance import (
    StaffMark,
    StaffRollCall,
    StaffRollCorrection,
    StaffRollView,
)
from xuequ.registry.states.attendance import StaffAttendance
from xuequ.testing import make_county, make_district

LEAVE = Source("leadership.leave", 7)
ON_LEAVE, LATE = StaffAttendance.ON_LEAVE, StaffAttendance.LATE


@pytest.fixture
def door(session: Session) -> District:
    """Two schools of two teachers each in the evening of a Monday."""
    make_district(session, "530921/dasi")
    return evening(make_district(session, PLACE), MONDAY)


def staff(door: District, school: str = "s1") -> list[int]:
    session, scope = door.context.session, door.context.scope
    query = (
        select(Placement.staff_id)
        .join(School, School.id == Placement.school_id)
        .where(School.code == school, School.district_id == scope.district_id, Placement.until.is_(None))
    )
    return sorted(session.scalars(query))


def call(door: District, day: date, half: Half, *exceptions: StaffMark, school: str = "s1") -> StaffRollView:
    command = StaffRollCall(school=school, day=day, half=half, exceptions=exceptions)
    return door.registry.staff_attendance.call_roll(command)


def test_a_roll_of_staff_keeps_what_says_why_somebody_is_away(door: District) -> None:
    first, _ = staff(door)
    view = call(door, MONDAY, AM, StaffMark(staff_id=first, kind=ON_LEAVE, source=LEAVE))
    assert (view.due, view.present, view.edition) == (2, 1, 1)
    rolls = door.registry.staff_attendance
    assert rolls.roll("s1", MONDAY, AM) == view and view.exceptions[0].source == LEAVE
    with pytest.raises(RollKnown):
        call(door, MONDAY, AM)
    with pytest.raises(NoSchoolThen):
        call(door, MONDAY - timedelta(1), AM)
    with pytest.raises(RollUnknown):
        rolls.roll("s1", MONDAY, PM)
    with pytest.raises(SchoolUnknown):
        rolls.roll("s9", MONDAY, AM)


def test_due_is_who_works_there_wherever_they_are_employed(door: District) -> None:
    first, second = staff(door)
    session = door.context.session
    placed = session.execute(select(Placement).where(Placement.staff_id == second)).scalar_one()
    school_id = session.execute(
        select(Placement.school_id).where(Placement.staff_id == staff(door, "s2")[0])
    ).scalar_one()
    placed.until = MONDAY
    session.flush()
    where = {name: getattr(placed, name) for name in ("county_id", "district_id", "staff_id")}
    session.add(Placement(**where, school_id=school_id, since=MONDAY, kind="support", authority=""))
    session.flush()
    with pytest.raises(NotDue):
        call(door, MONDAY, AM, StaffMark(staff_id=second, kind=LATE))
    view = call(door, MONDAY, AM, StaffMark(staff_id=second, kind=LATE), school="s2")
    assert (view.due, view.present) == (3, 3)
    assert call(door, MONDAY, AM).due == 1 and first in staff(door)


def test_a_correction_of_staff_is_another_edition(door: District) -> None:
    first, _ = staff(door)
    view = call(door, MONDAY, AM)
    rolls = door.registry.staff_attendance
    late = (StaffMark(staff_id=first, kind=LATE),)
    correction = StaffRollCorrection(
        school="s1", day=MONDAY, half=AM, exceptions=late, edition=1, reason="漏记迟到"
    )
    again = rolls.correct_roll(correction)
    assert (again.edition, again.present, again.reason) == (2, 2, "漏记迟到")
    assert rolls.roll_history("s1", MONDAY, AM) == [view, again]
    with pytest.raises(RollReplaced):
        rolls.correct_roll(correction)
    session = door.context.session
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(update(StaffRoll).values(present=0))


def test_the_head_of_another_school_may_not_call_it(door: District) -> None:
    head = evening(door, MONDAY, acting(Post.SCHOOL_HEAD, f"{PLACE}/s2"))
    call(head, MONDAY, AM, school="s2")
    with pytest.raises(ActionNotPermitted):
        call(head, MONDAY, AM)
    with pytest.raises(ActionNotPermitted):
        head.registry.staff_attendance.month_ledger("s1", 2026, 9)


def test_at_the_county_a_code_does_not_say_which_school(door: District) -> None:
    county = make_county(door.context.session).registry.staff_attendance
    with pytest.raises(DistrictNeeded):
        county.month_ledger("s1", 2026, 9)


def test_a_month_says_what_was_due_there_and_unknown(door: District) -> None:
    first, second = staff(door)
    friday = evening(door, MONDAY + timedelta(4))
    days = school_days(MONDAY, MONDAY + timedelta(3))
    on_leave = StaffMark(staff_id=first, kind=ON_LEAVE, source=LEAVE)
    calls = [
        StaffRollCall(school="s1", day=day, half=half, exceptions=(on_leave,) if day == MONDAY else ())
        for day in days
        for half in Half
    ]
    rolls = friday.registry.staff_attendance
    rolls.call_rolls(calls)
    rolls.correct_roll(
        StaffRollCorrection(
            school="s1",
            day=days[1],
            half=AM,
            exceptions=(StaffMark(staff_id=second, kind=LATE),),
            edition=1,
            reason="漏记迟到",
        )
    )
    ledger = rolls.month_ledger("s1", 2026, 9)
    assert (ledger.first, ledger.last) == (date(2026, 9, 1), date(2026, 9, 30))
    halves = 2 * len(school_days(date(2026, 9, 1), MONDAY + timedelta(4)))
    assert (ledger.school_half_days, ledger.missing_rolls) == (halves, halves - 8)
    one, two = ledger.lines
    assert (one.staff_no, one.due, one.there, one.unknown) == ("qianfeng-s1-T1", halves, 6, halves - 8)
    assert [(count.kind, count.half_days) for count in one.kinds] == [(ON_LEAVE, 2)]
    assert (two.there, [(count.kind, count.half_days) for count in two.kinds]) == (8, [(LATE, 1)])
    other = District(door.context.session, "530921/dasi", actor=door.context.actor)
    assert other.registry.staff_attendance.month_ledger("s1", 2026, 9).missing_rolls == 44
