"""Rows of the workbook of land, buildings and rooms."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Code, Command, Name
from xuequ.registry.schemas.premises import Area
from xuequ.registry.states.premises import LandUse


class LandRow(Command):
    """A parcel of land 地块 of a school."""

    school: Code
    name: Name
    area: Area
    use: LandUse = LandUse.SCHOOL
    certificate: Name | None = None
    since: date
