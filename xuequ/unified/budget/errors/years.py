"""Errors of the budget of a year."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken
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


class VersionMissing(NotFound):
    """The budget of the book's year was not begun, or has no such version."""

    code = "budget.version_missing"
    book: str
    year: int


class BudgetEmpty(RuleBroken):
    """A budget without rows goes nowhere."""

    code = "budget.empty"
    book: str
    year: int


class DraftNotEmpty(Conflict):
    """Last year's budget is copied into an empty draft only."""

    code = "budget.draft_not_empty"
    book: str
    year: int


class NothingToCopy(NotFound):
    """Last year had no budget to copy."""

    code = "budget.nothing_to_copy"
    book: str
    year: int


class FactorOfNothing(Invalid):
    """A factor names what last year's budget does not have."""

    code = "budget.factor_of_nothing"
    cell: str


class AmountNegative(Invalid):
    """A budget has no amounts of less than nothing."""

    code = "budget.amount_negative"
    cell: str
    amount: Money


class CopyUnitWrong(Invalid):
    """Amounts are rounded to a whole unit of more than nothing."""

    code = "budget.copy_unit_wrong"
    unit: Money


class StepOutOfOrder(RuleBroken):
    """A step of the budget is of a day before the last step, or of one that is still to come."""

    code = "budget.step_out_of_order"
    step: str
    on: str
    earliest: str
    latest: str


class ControlFigureUnclear(Invalid):
    """A control figure is of the whole or of sources and projects, and not of both or neither."""

    code = "budget.control_figure_unclear"


class OverControlFigure(RuleBroken):
    """More is planned than the control figure allows."""

    code = "budget.over_control_figure"
    what: str
    control: Money
    planned: Money


class ApprovalDiffers(RuleBroken):
    """The approval says other totals than the version that went up."""

    code = "budget.approval_differs"
    side: str
    approved: Money
    submitted: Money


class ProvisionalOver(RuleBroken):
    """After the approval no money is allotted provisionally."""

    code = "budget.provisional_over"
    book: str
    year: int


class GroundNotAllowed(RuleBroken):
    """Money may not be spent before the approval on that ground."""

    code = "budget.ground_not_allowed"
    ground: str
    authority: str


class GroundUnnamed(Invalid):
    """A legal obligation has to be named."""

    code = "budget.ground_unnamed"
    line: str


class ProvisionalTooMuch(RuleBroken):
    """More is allotted before the approval than its ground covers."""

    code = "budget.provisional_too_much"
    line: str
    ground: str
    covered: Money
    asked: Money


class DocumentDiffers(Conflict):
    """A document of that number was recorded already, with another content."""

    code = "budget.document_differs"
    number: str


class CellWithoutLine(NotFound):
    """The book's year has no line for a cell."""

    code = "budget.cell_without_line"
    cell: str
    year: int


class OpeningEmpty(Invalid):
    """An opening balance of nothing, or of less."""

    code = "budget.opening_empty"
    reference: str
