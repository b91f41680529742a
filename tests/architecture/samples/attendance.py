"""Samples of attendance."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from xuequ.core.errors import Place
from xuequ.core.halfdays import Half
from xuequ.core.workbook import Reading, Sourced, Template
from xuequ.registry.schemas.attendance import (
    PupilMark,
    RollCall,
    RollCorrection,
    StaffRollCall,
    StaffRollCorrection,
)
from xuequ.registry.states.attendance import PupilAttendance
from xuequ.registry.templates import PUPIL_ATTENDANCE, STAFF_ATTENDANCE
from xuequ.testing import DAY

STAFF = StaffRollCall(school="s1", day=DAY, half=Half.AM)


def class_id(door: Any) -> int:
    """Return the class of school s1."""
    return int(maker(door).registry.attendance.present("s1").classes[0].class_id)


def roll(door: Any) -> RollCall:
    """Return a roll that is still to be called."""
    return RollCall(class_id=class_id(door), day=DAY, half=Half.AM)


def called(door: Any) -> RollCall:
    """Return a roll that was called."""
    call = roll(door)
    maker(door).registry.attendance.call_roll(call)
    return call


def correction(door: Any) -> RollCorrection:
    call, (pupil, *_) = called(door), maker(door).registry.pupils_of("s1")
    sick = (PupilMark(pupil_id=pupil.id, kind=PupilAttendance.SICK),)
    at: dict[str, Any] = {"class_id": call.class_id, "day": call.day, "half": call.half}
    return RollCorrection(**at, exceptions=sick, edition=1, reason="漏记病假")


def staff_correction(door: Any) -> StaffRollCorrection:
    maker(door).registry.staff_attendance.call_roll(STAFF)
    return StaffRollCorrection(**STAFF.model_dump(), edition=1, reason="更正")


def book(template: Template, rows: Any) -> Reading:
    """Return rows as if they had been read from a workbook of s1."""
    read = {
        sheet.name: tuple(Sourced(row, Place(sheet.title, n)) for n, row in enumerate(rows[sheet.name], 2))
        for sheet in template.sheets
    }
    return Reading(template, read)


def day_of_pupils(door: Any) -> Reading:
    return book(PUPIL_ATTENDANCE, maker(door).registry.attendance.day_rows("s1"))


def day_of_staff(door: Any) -> Reading:
    return book(STAFF_ATTENDANCE, maker(door).registry.staff_attendance.day_rows("s1"))


SAMPLES: dict[str, Sample] = {
    "registry.attendance.call_roll": lambda door: (roll(door),),
    "registry.attendance.call_rolls": lambda door: ([roll(door)],),
    "registry.attendance.correct_roll": lambda door: (correction(door),),
    "registry.attendance.roll": lambda door: (called(door).class_id, DAY, Half.AM),
    "registry.attendance.roll_history": lambda door: (called(door).class_id, DAY, Half.AM),
    "registry.attendance.present": lambda door: ("s1",),
    "registry.attendance.dropout_watch": lambda door: ("s1",),
    "registry.attendance.day_rows": lambda door: ("s1",),
    "registry.attendance.plan_day": lambda door: (day_of_pupils(door),),
    "registry.attendance.record_day": lambda door: (
        maker(door).registry.attendance.plan_day(day_of_pupils(door)),
    ),
    "registry.staff_attendance.call_roll": lambda door: (STAFF,),
    "registry.staff_attendance.call_rolls": lambda door: ([STAFF],),
    "registry.staff_attendance.correct_roll": lambda door: (staff_correction(door),),
    "registry.staff_attendance.roll": lambda door: ("s1", DAY, Half.AM),
    "registry.staff_attendance.roll_history": lambda door: ("s1", DAY, Half.AM),
    "registry.staff_attendance.month_ledger": lambda door: ("s1", DAY.year, DAY.month),
    "registry.staff_attendance.day_rows": lambda door: ("s1",),
    "registry.staff_attendance.plan_day": lambda door: (day_of_staff(door),),
    "registry.staff_attendance.record_day": lambda door: (
        maker(door).registry.staff_attendance.plan_day(day_of_staff(door)),
    ),
}
