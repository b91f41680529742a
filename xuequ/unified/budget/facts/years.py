"""What happened to the budget of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetStep(Fact):
    """Base of what happened to a version of a book's year on a day."""

    name: ClassVar[str] = "budget.step"

    version_id: int
    book: str
    year: int
    on: date


class BudgetBegun(BudgetStep):
    """The budget of a book's year was begun."""

    name: ClassVar[str] = "budget.begun"


class BudgetDeliberated(BudgetStep):
    """The school council deliberated on a draft 校务委员会审议."""

    name: ClassVar[str] = "budget.deliberated"


class BudgetProposed(BudgetStep):
    """A proposal went up 一上."""

    name: ClassVar[str] = "budget.proposed"


class ControlFigureReceived(BudgetStep):
    """A control figure came down 一下."""

    name: ClassVar[str] = "budget.control_figure_received"


class BudgetSubmitted(BudgetStep):
    """A draft within the control figure went up 二上."""

    name: ClassVar[str] = "budget.submitted"


class BudgetReturned(BudgetStep):
    """A draft came back to be redrafted 退回修改."""

    name: ClassVar[str] = "budget.returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetDrafted(Fact):
    """The rows of a version were written: what they come to, and how often that was done."""

    name: ClassVar[str] = "budget.drafted"

    version_id: int
    revision: int
    income: Money
    expenditure: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetApproved(Fact):
    """The budget of a book's year was approved 批复: income and expenditure, to the fen."""

    name: ClassVar[str] = "budget.approved"

    book: str
    year: int
    approved_on: date
    income: Money
    expenditure: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionalAllotted(Fact):
    """Money was allotted on a line before the approval, by a row of the document that did."""

    name: ClassVar[str] = "budget.provisional_allotted"

    provisional_id: int
    line_id: int
    ground: str
    amount: Money
    allotted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRecorded(Fact):
    """What was paid and committed on a line before the ledger was kept here was recorded 期初."""

    name: ClassVar[str] = "budget.opening_recorded"

    opening_id: int
    line_id: int
    as_of: date
    paid: Money
    committed: Money
