"""Rows of the workbook of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from xuequ.core.fields import Code, Command, Text
from xuequ.core.spans import DaySpan
from xuequ.registry.schemas.calendar import DaysApart, Year
from xuequ.registry.states.calendar import ClosureReason, DayHalf, EntryState, NoticeDay, Parity, TimetableDay


class NoticeRow(Command):
    """One holiday of a holiday notice 放假通知, from its first to its last day, or one day that is worked.

    Without `last` it is one day. `number` and `authority` are the notice's, and the same on all its rows.
    """

    year: int = Year
    kind: NoticeDay = NoticeDay.OFF
    name: Text = Field(default="", max_length=100)
    first: date
    last: date | None = None
    number: Text = ""
    authority: Text = Field(default="", max_length=100)
    state: EntryState = EntryState.VALID

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        DaySpan.through(self.first, self.last or self.first)
        return self


class MakeUpRow(Command):
    """Whose timetable a make-up day 调休上课日 follows."""

    day: date
    follows: TimetableDay
    parity: Parity | None = None


class DaysApartRow(DaysApart):
    """Days that are set apart, or are so no longer."""

    state: EntryState = EntryState.VALID


class SchoolClosureRow(Command):
    """A closure 停课, and from which half-day on it is lifted; of every school when none is named."""

    school: Code | None = None
    first: date
    first_half: DayHalf = DayHalf.AM
    last: date
    last_half: DayHalf = DayHalf.PM
    reason: ClosureReason
    note: Text = ""
    reopened: date | None = None
    reopened_half: DayHalf | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        DaySpan.through(self.first, self.last)
        return self
