"""What happened to the budget of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetApproved(Fact):
    """The budget of a book's year was approved 批复: income and expenditure, to the fen."""

    name: ClassVar[str] = "budget.approved"

    book: str
    year: int
    approved_on: date
    income: Money
    expenditure: Money
