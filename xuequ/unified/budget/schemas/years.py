"""Commands and views of projects and of the budget of a year."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Name, View
from xuequ.core.money import Money
from xuequ.unified.budget.schemas.ledger import FiscalYear, LineCell
from xuequ.unified.budget.states.ledger import Book, FundSource, ProjectKind, Purse
from xuequ.unified.budget.states.years import Stage


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


class YearView(View):
    """A book's year and how far its budget is."""

    id: Id
    book: Book
    year: int
    stage: Stage
    closed_on: date | None
