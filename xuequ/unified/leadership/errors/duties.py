"""Errors of the duty roster."""

from __future__ import annotations

from xuequ.core.errors import Conflict, RuleBroken


class OnDutyAlready(Conflict):
    """Nobody is on duty twice in one half-day, here or at another school."""

    code = "leadership.on_duty_already"
    staff: str
    half_day: str
    school: str


class OnLeave(RuleBroken):
    """Nobody is put on duty in a half-day for which leave is approved."""

    code = "leadership.duty_on_leave"
    staff: str
    half_day: str


class DutyPassed(RuleBroken):
    """Duty that has passed is not swapped or handed over; a wrong record is voided."""

    code = "leadership.duty_passed"
    half_day: str


class SwappedWithOneself(RuleBroken):
    """A swap takes two people."""

    code = "leadership.swapped_with_oneself"
    staff: str
