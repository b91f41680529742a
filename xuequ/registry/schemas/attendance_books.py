"""Rows of the workbooks of attendance."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from xuequ.core.fields import Code, Command, Name, Number, Text
from xuequ.registry.states.attendance import PupilAttendance, StaffAttendance
from xuequ.registry.states.classes import Stage


class RollDay(Command):
    """A day of a roll 点名: heads present that were counted, None where no roll was called."""

    school: Code
    day: date
    due: int | None = Field(default=None, ge=0)
    am: int | None = Field(default=None, ge=0)
    pm: int | None = Field(default=None, ge=0)
    reason: Text | None = None


class ClassDay(RollDay):
    """A class on a day."""

    stage: Stage
    entry_year: int
    number: int


class SchoolDay(RollDay):
    """The staff of a school on a day."""


class PersonDay(Command):
    """Somebody who is due on a day; `name` helps whoever fills it in, and is not read."""

    name: Name | None = None
    day: date


class PupilDay(PersonDay):
    """A pupil on a day."""

    pupil_no: Number
    am: PupilAttendance | None = None
    pm: PupilAttendance | None = None


class StaffDay(PersonDay):
    """A member of staff on a day."""

    staff_no: Number
    am: StaffAttendance | None = None
    pm: StaffAttendance | None = None
