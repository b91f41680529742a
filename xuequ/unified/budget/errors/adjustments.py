"""Errors of the adjustments of a budget."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken
from xuequ.core.money import Money


class AdjustmentUnknown(NotFound):
    """The district has no adjustment of that number."""

    code = "budget.adjustment_unknown"
    number: str


class AdjustmentDiffers(Conflict):
    """The number is taken by an adjustment with another content, or the step was recorded with another."""

    code = "budget.adjustment_differs"
    number: str


class AdjustmentDayOutside(RuleBroken):
    """An adjustment's day is not in the year that it adjusts."""

    code = "budget.adjustment_day"
    number: str
    day: str
    year: int


class ChangeOfNothing(Invalid):
    """An adjustment names a change of nothing."""

    code = "budget.change_of_nothing"
    number: str


class PocketUnbalanced(RuleBroken):
    """Expenditure of a source's money for a project changes by another amount than its income."""

    code = "budget.pocket_unbalanced"
    fund: str
    project: str
    income: Money
    expenditure: Money


class YearNotApproved(RuleBroken):
    """The year's budget is not approved, so there is nothing to adjust or to close."""

    code = "budget.year_not_approved"
    book: str
    year: int
    stage: str


class AdjustmentNotLetPass(RuleBroken):
    """Finance has not approved it, or it was not filed, so it cannot be applied."""

    code = "budget.adjustment_not_let_pass"
    number: str
    way: str


class OtherWay(RuleBroken):
    """An adjustment goes another way than the step that was asked."""

    code = "budget.adjustment_other_way"
    number: str
    way: str


class IncomeTooSmall(RuleBroken):
    """An income would fall below nothing."""

    code = "budget.income_too_small"
    fund: str
    project: str
    left: Money


class OwnMoneyTooSmall(RuleBroken):
    """An adjustment would take money that was carried in, which stays with its use."""

    code = "budget.own_money_too_small"
    line: str
    own: Money
    taken: Money


class LineOfSchool(RuleBroken):
    """A line that is a school's already is not split."""

    code = "budget.line_of_school"
    line: str


class NotReversible(RuleBroken):
    """Only an adjustment that was applied is reversed, and a counter-adjustment never."""

    code = "budget.adjustment_not_reversible"
    number: str
    state: str


class ReversedAlready(Conflict):
    """The adjustment has a counter-adjustment already."""

    code = "budget.adjustment_reversed"
    number: str
