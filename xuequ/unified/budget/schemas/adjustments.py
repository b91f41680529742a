"""Commands and views of the adjustments of a budget."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from xuequ.core.fields import Code, Command, Id, Number, Text, View
from xuequ.core.money import Money
from xuequ.unified.budget.schemas.ledger import FiscalYear
from xuequ.unified.budget.states.adjustments import AdjustmentKind, AdjustmentState, AdjustmentWay, Side
from xuequ.unified.budget.states.ledger import Book, FundSource

Reason = Annotated[Text, StringConstraints(min_length=1)]


class IncomeChange(Command):
    """By how much, signed, the income for a project changes."""

    project: Code
    amount: Money


class LineChange(Command):
    """By how much, signed, what a cell may spend changes; a cell that has no line yet gets one."""

    project: Code
    function: Number
    economic: Number
    school: Code | None = None
    amount: Money


class AdjustmentDraft(Command):
    """Adjust a year's approved budget 预算调整, of one source's money; `number` is the document's own."""

    number: Number
    year: FiscalYear
    book: Book = Book.SCHOOL
    fund: FundSource = FundSource.FISCAL_GRANT
    day: date
    reason: Reason
    incomes: tuple[IncomeChange, ...] = ()
    lines: Annotated[tuple[LineChange, ...], Field(min_length=1)]


class SchoolShare(Command):
    """What a school gets of a line of the district, or, negative, gives back to it."""

    school: Code
    amount: Money


class LineSplit(Command):
    """Split a line of the district into cells of schools 分解到校, with the same codes."""

    number: Number
    line_id: Id
    day: date
    reason: Reason
    shares: Annotated[tuple[SchoolShare, ...], Field(min_length=1)]


class AdjustmentReversal(Command):
    """Reverse an adjustment that was applied by a red counter-adjustment 红字冲销 under its own number."""

    number: Number
    reverses: Number
    day: date
    reason: Reason


class AdjustmentLineView(View):
    """What an adjustment changes: income of a project, or the expenditure of a cell."""

    side: Side
    project: str
    function: str | None
    economic: str | None
    school: str | None
    amount: Money


class AdjustmentView(View):
    """An adjustment, how far it is, and what it changes."""

    id: Id
    number: str
    book: Book
    year: int
    fund: FundSource
    kind: AdjustmentKind
    way: AdjustmentWay
    exceptional: bool
    day: date
    reason: str
    reverses: str | None
    state: AdjustmentState
    reference_no: str | None
    applied_on: date | None
    voided_on: date | None
    void_reason: str | None
    lines: tuple[AdjustmentLineView, ...]


class AdjustmentRow(View):
    """One row of the sheet of adjustments: income or expenditure, added or taken."""

    number: str
    day: date
    kind: str
    way: str
    reference_no: str
    state: str
    fund: str
    what: str
    income: Money
    expenditure: Money
    reason: str


class AdjustmentSheet(View):
    """The sheet of adjustments 预算调整表 of a year: what was applied, and what was not yet."""

    district: str
    book: Book
    year: int
    applied: tuple[AdjustmentRow, ...]
    pending: tuple[AdjustmentRow, ...]
    exceptional: tuple[AdjustmentRow, ...]
