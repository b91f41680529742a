"""Rows of the workbook of what is measured at schools."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import model_validator

from xuequ.core.fields import Code, Command, Measured
from xuequ.registry.states.figures import Measure


class FigureRow(Command):
    """What was measured at a school as of a day; an empty cell was not measured."""

    school: Code
    as_of: date
    land_area: Measured | None = None
    building_area: Measured | None = None
    books: Measured | None = None
    computers: Measured | None = None
    whiteboards: Measured | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, measure.value) is None for measure in Measure):
            raise ValueError("至少填一项统计数")
        return self
