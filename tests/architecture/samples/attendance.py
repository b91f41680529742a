"""Samples of attendance."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from xuequ.core.halfdays import Half
from xuequ.registry.schemas.attendance import (
    PupilMark,
    RollCall,
    RollCorrection,
    StaffRollCall,
    StaffRollCorrection,
)
from xuequ.registry.states.attendance import PupilAttendance
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


SAMPLES: dict[str, Sample] = {
    "registry.attendance.call_roll": lambda door: (roll(door),),
    "registry.attendance.call_rolls": lambda door: ([roll(door)],),
    "registry.attendance.correct_roll": lambda door: (correction(door),),
    "registry.attendance.roll": lambda door: (called(door).class_id, DAY, Half.AM),
    "registry.attendance.roll_history": lambda door: (called(door).class_id, DAY, Half.AM),
    "registry.attendance.present": lambda door: ("s1",),
    "registry.attendance.dropout_watch": lambda door: ("s1",),
    "registry.staff_attendance.call_roll": lambda door: (STAFF,),
    "registry.staff_attendance.call_rolls": lambda door: ([STAFF],),
    "registry.staff_attendance.correct_roll": lambda door: (staff_correction(door),),
    "registry.staff_attendance.roll": lambda door: ("s1", DAY, Half.AM),
    "registry.staff_attendance.roll_history": lambda door: ("s1", DAY, Half.AM),
    "registry.staff_attendance.month_ledger": lambda door: ("s1", DAY.year, DAY.month),
}
