"""Rows of the workbook of pupils' moves."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from xuequ.core.fields import Code, Command, Name, Number, Text
from xuequ.registry.schemas.pupils import MoveRow
from xuequ.registry.states.pupils import MoveKind, Reason


class PupilMoveRow(Command):
    """One line of the list 学生异动 of a school; what a kind does not ask for is left out."""

    school: Code
    pupil_no: Number
    name: Name | None = None
    kind: MoveKind
    on: date
    reason: Reason | None = None
    entry_year: int | None = Field(default=None, ge=1950, le=2100)
    number: int | None = Field(default=None, ge=1, le=99)
    planned_until: date | None = None
    absent_since: date | None = None
    outside: Text = ""
    guardian_applied: bool | None = None
    remark: Text = ""

    def move(self) -> MoveRow:
        """Return the line as the registry takes it."""
        return MoveRow(**self.model_dump(exclude={"school", "name"}, exclude_none=True))
