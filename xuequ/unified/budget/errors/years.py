"""Errors of the budget of a year."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, RuleBroken
from xuequ.core.money import Money


class BudgetThere(Conflict):
    """The book's year has an approved budget, or one under way."""

    code = "budget.there"
    book: str
    year: int
    stage: str


class CellTwice(Invalid):
    """A budget names one cell or one income twice."""

    code = "budget.cell_twice"
    cell: str


class DeficitBudget(RuleBroken):
    """More is spent of a source's money for a project than comes in."""

    code = "budget.deficit"
    fund: str
    project: str
    income: Money
    expenditure: Money
