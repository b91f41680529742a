"""Views of budget control."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.access import Post
from xuequ.core.fields import Command, Id, SourceField, View, clean_text
from xuequ.core.money import Money
from xuequ.unified.budget.states.control import ControlMode, ControlStage
from xuequ.unified.budget.states.ledger import Book, FundSource


def percent(part: Fraction | None) -> Decimal | None:
    """Round an exact part to tenths of a percent, halves up, as forms print it."""
    if part is None:
        return None
    return Decimal((part * 2000 + 1) // 2).scaleb(-1)


class OverrideReason(Command):
    """Why a refusal is overridden."""

    reason: Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=500)]


class OverrideView(View):
    """By how much a line may be overspent: what a post allowed, or what control let an entry pass."""

    id: Id
    line_id: Id
    line: str
    entry_id: Id | None
    source: SourceField
    amount: Money
    day: date
    stage: ControlStage | None
    mode: ControlMode
    post: Post | None
    reason: str | None


class Figures(View):
    """What was granted and used: of a line, or of lines together.

    `budget` is the adjusted budget, `allowance` what may be overspent beside it; `rate` is paid ÷ budget,
    exactly, and nothing where there is no budget.
    """

    label: str
    approved: Money
    adjusted: Money
    carried_in: Money
    budget: Money
    allowance: Money
    reserved: Money
    committed: Money
    paid: Money
    available: Money
    rate: Fraction | None

    @property
    def percent(self) -> Decimal | None:
        """The rate as forms print it."""
        return percent(self.rate)


class ExecutionLine(Figures):
    """How one line is executed."""

    id: Id
    project: str
    project_name: str
    school: str | None
    school_name: str | None
    fund: FundSource
    function: str
    economic: str


class ProjectBar(View):
    """How a project is executed beside the time that has passed, in percent."""

    label: str
    paid: Decimal
    time: Decimal


class ExecutionView(View):
    """How a year's budget is executed 预算执行进度 at the end of a day, beside the time that has passed."""

    district: str
    year: int
    book: Book
    as_of: date
    time_progress: Fraction
    lines: tuple[ExecutionLine, ...]
    projects: tuple[Figures, ...]
    schools: tuple[Figures, ...]
    total: Figures

    @property
    def time_percent(self) -> Decimal | None:
        """The part of the year that has passed, as forms print it."""
        return percent(self.time_progress)

    @property
    def bars(self) -> tuple[ProjectBar, ...]:
        """The projects that have a budget, for the chart."""
        time = percent(self.time_progress) or Decimal(0)
        with_budget = ((one, one.percent) for one in self.projects)
        return tuple(
            ProjectBar(label=one.label, paid=paid, time=time) for one, paid in with_budget if paid is not None
        )


class OpenCommitment(View):
    """What is still committed on a line for a purpose, and since when."""

    line_id: Id
    line: str
    school_name: str | None
    purpose: SourceField
    amount: Money
    since: date
    days: int

    @property
    def held_for(self) -> str:
        """The purpose as forms print it."""
        return str(self.purpose)


class CommitmentsView(View):
    """Open commitments 未结占用 of a year at the end of a day."""

    district: str
    year: int
    book: Book
    as_of: date
    lines: tuple[OpenCommitment, ...]
