"""Commands and views of 民主评议 and 整改."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from xuequ.core.fields import Command, Id, View
from xuequ.unified.party.schemas.meetings import Lines, SomeLines, Topic
from xuequ.unified.party.states.appraisal import AppraisalStep, CriticismKind, Grade


class StepRecord(Command):
    """Somebody was appraised by themselves, or by the others, on a day."""

    member_id: Id
    on: date


class GradeBallot(Command):
    """How many gave one member which grade; never who."""

    member_id: Id
    excellent: int = Field(default=0, ge=0)
    qualified: int = Field(default=0, ge=0)
    basic: int = Field(default=0, ge=0)
    unqualified: int = Field(default=0, ge=0)

    @property
    def cast(self) -> int:
        """How many ballots came in of this member."""
        return self.excellent + self.qualified + self.basic + self.unqualified


class GradeGiven(Command):
    """The grade that the committee gives, with its opinion."""

    member_id: Id
    grade: Grade
    opinion: Lines = ""


class CriticismRecord(Command):
    """An item that a 组织生活会 raised; without `member_id` it is of the branch as a whole."""

    kind: CriticismKind
    text: SomeLines
    member_id: Id | None = None


class RectificationPlan(Command):
    """Who puts right what an item of criticism says, how, and until when."""

    criticism_id: Id
    owner_id: Id
    measure: SomeLines
    due_on: date


class RectificationProof(Command):
    """That something was put right, and by what one sees it."""

    done_on: date
    proof: Topic


class AppraisedView(View):
    """One member's appraisal."""

    member_id: Id
    staff_no: str | None
    name: str
    step: AppraisalStep
    self_on: date | None
    mutual_on: date | None
    meeting_id: Id | None
    excellent: int | None
    qualified: int | None
    basic: int | None
    unqualified: int | None
    grade: Grade | None
    graded_on: date | None
    opinion: str


class AppraisalView(View):
    """The appraisal of a year."""

    id: Id
    year: int
    opened_on: date
    members: tuple[AppraisedView, ...]


class CriticismView(View):
    """One item of criticism."""

    id: Id
    meeting_id: Id
    kind: CriticismKind
    member_id: Id | None
    text: str


class RectificationView(View):
    """What is to be put right; `overdue` as of the day of the list."""

    id: Id
    criticism_id: Id
    number: str
    criticism: str
    owner_id: Id
    owner: str
    measure: str
    due_on: date
    done_on: date | None
    proof: str
    overdue: bool


class RectificationList(View):
    """The 整改清单: what is to be put right, and how many of it are overdue and not done."""

    district: str
    as_of: date
    overdue: int
    lines: tuple[RectificationView, ...]
