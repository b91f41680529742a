"""Rows of the workbook of teaching."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from xuequ.core.fields import Code, Command, Name, Number, Text
from xuequ.registry.schemas.set_up import Year
from xuequ.registry.schemas.teaching import MOST_HALF_PERIODS
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.standards.codes.schooling import Subject


class OfClass(Command):
    """A row of one class, by what people call it."""

    school: Code
    stage: Stage
    entry_year: int = Year
    number: int = Field(ge=1, le=99)


class TeachingRow(OfClass):
    """Who teaches a subject to a class 任课 from a day; `until` is the first day without."""

    subject: Subject
    staff_no: Number
    name: Name | None = None
    half_periods: int = Field(ge=1, le=MOST_HALF_PERIODS)
    since: date
    until: date | None = None
    ended: TeachingChange | None = None
    origin: TeachingOrigin | None = None
    itinerant: bool | None = None
    exception: Text = ""


class HeadTeacherRow(OfClass):
    """Who leads a class 班主任 from a day; `until` is the first day without."""

    staff_no: Number
    name: Name | None = None
    since: date
    until: date | None = None
