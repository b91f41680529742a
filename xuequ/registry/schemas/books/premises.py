"""Rows of the workbook of land, buildings and rooms.

A parcel and a building are called by the school that they were registered for and their name. A later day
on which something changes is a row of its own, so that what was before still stands in the file.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from xuequ.core.fields import Code, Command, Name, Number, Text
from xuequ.registry.schemas.premises import Area
from xuequ.registry.states.premises import DangerLevel, LandUse, PremisesState, RoomUse, Structure


class LandRow(Command):
    """A parcel of land 地块 of a school."""

    school: Code
    name: Name
    area: Area
    use: LandUse = LandUse.SCHOOL
    certificate: Name | None = None
    since: date


class BuildingRow(Command):
    """A building 校舍 of a school; `land_school` is filled in when the parcel is another school's."""

    school: Code
    name: Name
    area: Area
    structure: Structure
    built_year: int | None = Field(default=None, ge=1850, le=2100)
    land: Name | None = None
    land_school: Code | None = None
    since: date


class RoomRow(Command):
    """A room of a building, or an open-air sports area of a parcel, from a day on.

    `until` is the first day without it; it is filled in when there is no such room any more, and not when
    a later row says what became of it.
    """

    school: Code
    building: Text = ""
    land: Text = ""
    number: Number
    since: date
    use: RoomUse
    area: Area
    capacity: int | None = Field(default=None, ge=0, le=10_000)
    networked: bool | None = None
    until: date | None = None


class BuildingChangeRow(Command):
    """What a building is from a later day on: in use at a school, idle, or demolished."""

    school: Code
    building: Name
    since: date
    state: PremisesState
    used_by: Code | None = None
    authority: Text = ""

    @model_validator(mode="after")
    def _nobody_uses_what_is_idle(self) -> Self:
        if self.used_by is not None and self.state is not PremisesState.IN_USE:
            raise ValueError(f"“{self.state.label}”的校舍不填使用学校")
        return self


class DangerRow(Command):
    """What an assessment of a building found 危险性鉴定."""

    school: Code
    building: Name
    assessed_on: date
    level: DangerLevel
    authority: Name
