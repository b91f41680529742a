"""Rows of the workbook of classes."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from xuequ.core.fields import Code, Command, Name, Text
from xuequ.registry.schemas.set_up import Year
from xuequ.registry.states.classes import GroupKind, Stage


class ClassLine(Command):
    """A class 班级 as a cohort; without the day of forming it is as old as its cohort."""

    school: Code
    stage: Stage
    entry_year: int = Year
    number: int = Field(ge=1, le=99)
    formed_on: date | None = None
    dissolved_on: date | None = None


class GroupLine(Command):
    """Classes that are taught together 合班、复式 from a day, and until when."""

    school: Code
    name: Name
    kind: GroupKind
    classes: Text = Field(min_length=1)
    since: date
    until: date | None = None
