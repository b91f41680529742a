"""Rows of the workbooks of the duty roster and of drills."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Code, Command, Number, Text
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.schemas.safety import Minutes, Participants
from xuequ.unified.leadership.states.duties import DutyRole
from xuequ.unified.leadership.states.safety import DrillKind


class DutyRow(Command):
    """Somebody on duty at a school in one half-day."""

    school: Code
    day: date
    half: DayHalf
    staff_no: Number
    name: Text = ""
    role: DutyRole = DutyRole.DUTY


class DrillRow(Command):
    """A drill that a school held."""

    school: Code
    kind: DrillKind
    held_on: date
    participants: Participants
    minutes: Minutes
    problems: Text = ""
