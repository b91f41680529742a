"""Commands and views of projects and of the budget of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Name, Text, View
from xuequ.core.money import Money
from xuequ.unified.budget.schemas.ledger import FiscalYear, LineCell
from xuequ.unified.budget.states.ledger import Book, FundSource, ProjectKind, Purse
from xuequ.unified.budget.states.years import Ground, Round, Stage

Factor = Annotated[Decimal, Field(ge=0, le=100, max_digits=9, decimal_places=6)]
"""What an amount is multiplied by; 1.05 is five per cent more."""


class ProjectOpening(Command):
    """Add a project 经费项目: what a pot of money is for, whatever the year."""

    code: Code
    name: Name
    kind: ProjectKind = ProjectKind.BASIC
    purse: Purse = Purse.OPERATING


class ProjectView(View):
    """A project of the budget."""

    id: Id
    code: str
    name: str
    kind: ProjectKind
    purse: Purse


class IncomeAmount(Command):
    """What comes in from a source for a project in a year."""

    fund: FundSource = FundSource.FISCAL_GRANT
    project: Code
    amount: Money


class LineAmount(LineCell):
    """What a cell gets in a year."""

    amount: Money


class BudgetAdoption(Command):
    """Record a budget that was approved outside 补录批复, with the number of its approval."""

    year: FiscalYear
    book: Book = Book.SCHOOL
    approved_on: date
    document_no: Name
    incomes: Annotated[tuple[IncomeAmount, ...], Field(min_length=1)]
    lines: Annotated[tuple[LineAmount, ...], Field(min_length=1)]


class DraftIncome(IncomeAmount):
    """What comes in, in a draft, with what is said of it."""

    note: Text = ""


class DraftLine(LineAmount):
    """What a cell is to get, in a draft, with what is said of it."""

    note: Text = ""


class BudgetDraft(Command):
    """The rows of the open version of a year's budget, which replace those that it has.

    `revision` is the one that was read before: when somebody has written since, the draft is refused.
    """

    year: FiscalYear
    book: Book = Book.SCHOOL
    revision: Annotated[int, Field(ge=0)]
    incomes: tuple[DraftIncome, ...] = ()
    lines: tuple[DraftLine, ...] = ()


class LineFactor(LineCell):
    """By what a cell of last year is multiplied."""

    factor: Factor


class IncomeFactor(Command):
    """By what an income of last year is multiplied."""

    fund: FundSource = FundSource.FISCAL_GRANT
    project: Code
    factor: Factor


class YearCopy(Command):
    """Copy last year's budget into the open version, which must be empty.

    Each amount is last year's, as approved and adjusted, times its factor (`factor` where it has none of its
    own), exactly; what a source and project come to is rounded to `unit`, half of it up, and its lines are
    rounded by the largest remainder, so that they come to exactly that.
    """

    year: FiscalYear
    book: Book = Book.SCHOOL
    revision: Annotated[int, Field(ge=0)]
    factor: Factor = Decimal(1)
    unit: Money = Money.yuan(1)
    incomes: tuple[IncomeFactor, ...] = ()
    lines: tuple[LineFactor, ...] = ()


class Deliberation(Command):
    """The school council has deliberated on the draft 校务委员会审议; `on` is today when left out."""

    year: FiscalYear
    book: Book = Book.SCHOOL
    minutes_no: Name
    on: date | None = None


class Submission(Command):
    """A draft goes up with the number of its letter, the first or the second time."""

    year: FiscalYear
    book: Book = Book.SCHOOL
    document_no: Name
    on: date | None = None


class ControlFigure(Command):
    """The control figure 控制数 of expenditure that came down: of the whole, or of each source and project.

    A source and project that is not named among `pockets` has none.
    """

    year: FiscalYear
    book: Book = Book.SCHOOL
    document_no: Name
    whole: Money | None = None
    pockets: tuple[IncomeAmount, ...] = ()
    on: date | None = None


class BudgetReturn(Command):
    """A draft comes back 退回修改: from the council, or from the authority after the second time."""

    year: FiscalYear
    book: Book = Book.SCHOOL
    reason: Annotated[Text, Field(min_length=1)]
    on: date | None = None


class BudgetApproval(Command):
    """The approval 批复 of the version that went up, with the totals that it says."""

    year: FiscalYear
    book: Book = Book.SCHOOL
    document_no: Name
    approved_on: date
    income: Money
    expenditure: Money


class ProvisionalAmount(LineAmount):
    """Money for a cell before the approval, and its ground; `basis` names the law or contract."""

    ground: Ground
    basis: Text = ""


class ProvisionalAllotment(Command):
    """Allot money before the approval 批复前安排, to last from 1 January `through` a day.

    `document_no` names the allotment: sent again it changes nothing.
    """

    year: FiscalYear
    book: Book = Book.SCHOOL
    document_no: Name
    through: date
    on: date | None = None
    lines: Annotated[tuple[ProvisionalAmount, ...], Field(min_length=1)]


class OpeningBalance(LineCell):
    """What was paid and committed on a cell, by a reference (a contract, or all that was paid so far)."""

    reference: Name
    paid: Money = Money(0)
    committed: Money = Money(0)


class OpeningBalances(Command):
    """What was paid and committed before the district began to keep its ledger here 期初余额."""

    year: FiscalYear
    book: Book = Book.SCHOOL
    as_of: date
    balances: Annotated[tuple[OpeningBalance, ...], Field(min_length=1)]


class YearView(View):
    """A book's year and how far its budget is."""

    id: Id
    book: Book
    year: int
    stage: Stage
    closed_on: date | None


class IncomeRow(View):
    """An income of a version."""

    fund: FundSource
    project: str
    amount: Money
    note: str


class ExpenditureRow(View):
    """An expenditure of a version."""

    fund: FundSource
    project: str
    function: str
    economic: str
    school: str | None
    amount: Money
    note: str


class VersionView(View):
    """A version of a year's budget: its rows, and the documents that it went through."""

    id: Id
    year: int
    book: Book
    stage: Stage
    number: int
    round: Round
    revision: int
    deliberated_on: date | None
    submitted_on: date | None
    submission_no: str | None
    control_no: str | None
    returned_on: date | None
    approved_on: date | None
    approval_no: str | None
    incomes: tuple[IncomeRow, ...]
    lines: tuple[ExpenditureRow, ...]
    income: Money
    expenditure: Money


class ProvisionalView(View):
    """Money that was allotted on a line before the approval."""

    id: Id
    line_id: Id
    document_no: str
    ground: Ground
    amount: Money
    allotted_on: date
    through: date
    basis: str


class OpeningView(View):
    """An opening balance of a line; what it committed is held for `budget.opening` of its id."""

    id: Id
    line_id: Id
    reference: str
    as_of: date
    paid: Money
    committed: Money


class SourceSum(View):
    """What comes in from a source for a project."""

    fund: FundSource
    project: str
    amount: Money


class FunctionSum(View):
    """What is spent by one item 项 of the functional classification."""

    code: str
    name: str
    basic: Money
    project: Money
    amount: Money


class EconomicSum(View):
    """What is spent by one section 款 of the economic classification."""

    group: str
    code: str
    name: str
    basic: Money
    project: Money
    amount: Money


class BudgetSheet(View):
    """A version as it is printed: income by source, expenditure by function and by economy."""

    district: str
    year: int
    book: Book
    number: int
    round: Round
    day: date | None
    document_no: str | None
    sources: tuple[SourceSum, ...]
    functions: tuple[FunctionSum, ...]
    economics: tuple[EconomicSum, ...]
    income: Money
    expenditure: Money
