"""Rows of the workbook of budget lines; everything is named by its code."""

from __future__ import annotations

from xuequ.core.fields import Code, Command, Measured, Number, Text
from xuequ.unified.budget.schemas.ledger import FiscalYear
from xuequ.unified.budget.states.ledger import Book, FundSource


class BudgetIncomeRow(Command):
    """What comes in from a source for a project in a year."""

    year: FiscalYear
    book: Book
    fund: FundSource
    project: Code
    amount: Measured
    note: Text | None = None


class BudgetLineRow(Command):
    """What a cell gets in a year."""

    year: FiscalYear
    book: Book
    fund: FundSource
    project: Code
    function: Number
    economic: Number
    school: Code | None = None
    amount: Measured
    note: Text | None = None
