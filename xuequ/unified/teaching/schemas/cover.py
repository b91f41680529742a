"""Commands and views of cover."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Self

from pydantic import model_validator

from xuequ.core.fields import Command, Id, Text, View
from xuequ.core.halfdays import Half
from xuequ.standards.codes.schooling import Subject
from xuequ.unified.teaching.states.cover import NeedState


class CoverAssigning(Command):
    """Who is to cover a lesson 顶班.

    `combined` says that the substitute has another class at that school on the half-day, and `reason` why
    both can be done: other periods, or the classes sit together.
    """

    need_id: Id
    staff_id: Id
    combined: bool = False
    reason: Text = ""

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.combined and not self.reason:
            raise ValueError("兼顾本校其他班级的，须写明理由")
        return self


class NeedView(View):
    """A lesson whose teacher is away: who, where, when, and who covers it.

    `period` is 0 for the whole half-day, as long as there is no timetable.
    """

    id: Id
    leave_id: Id
    staff_id: Id
    staff_no: str
    name: str
    school: str
    school_name: str
    class_id: Id
    class_name: str
    subject: Subject
    day: date
    half: Half
    period: int
    state: NeedState
    assignment_id: Id | None
    substitute_id: Id | None
    substitute_no: str
    substitute: str
    combined: bool
    reason: str

    @property
    def half_day(self) -> str:
        """Morning or afternoon, as forms print it."""
        return self.half.label


class CandidateView(View):
    """Somebody who can cover a lesson; `combined` says that they have another class there on the half-day."""

    staff_id: Id
    staff_no: str
    name: str
    school: str
    same_school: bool
    same_subject: bool
    combined: bool
    covers: int


class AbsenceView(View):
    """Somebody who is on leave on a half-day, whether or not they teach then."""

    staff_id: Id
    staff_no: str
    name: str
    school: str | None
    leave_id: Id
    day: date
    half: Half


class CoverRate(View):
    """How many of the lessons in leave were covered 顶班率."""

    since: date
    until: date
    lessons: int
    covered: int

    @property
    def rate(self) -> Fraction | None:
        """Covered lessons ÷ lessons in leave; None when there were none."""
        return Fraction(self.covered, self.lessons) if self.lessons else None


class UncoveredList(View):
    """The lessons of a day that nobody covers 未安排顶班一览, and how many there were in all."""

    district: str
    school: str
    as_of: date
    lessons: int
    uncovered: tuple[NeedView, ...]

    @property
    def unit(self) -> str:
        """Whose form it is."""
        return self.school or self.district
