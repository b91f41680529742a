"""Errors of the budget's ledger."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken
from xuequ.core.money import Money


class LineUnknown(NotFound):
    """No such budget line in this scope."""

    code = "budget.line_unknown"
    line: str


class GrantTooSmall(RuleBroken):
    """What a line is granted would fall below nothing, or below what is used of it already."""

    code = "budget.grant_too_small"
    line: str
    granted: Money
    used: Money


class ProjectUnknown(NotFound):
    """The district has no project of that code."""

    code = "budget.project_unknown"
    project: str


class ProjectKnown(Conflict):
    """The district has a project of that code already."""

    code = "budget.project_known"
    project: str


class CodeUnknown(Invalid):
    """A classification has no such code on that day."""

    code = "budget.code_unknown"
    classification: str
    given: str
    year: int


class UseForbidden(RuleBroken):
    """A project's money may not be used for that."""

    code = "budget.use_forbidden"
    project: str
    economic: str
    use: str
    authority: str


class InsufficientBudget(RuleBroken):
    """More is asked of a line than is available."""

    code = "budget.insufficient"
    line: str
    available: Money
    asked: Money


class NotHeld(RuleBroken):
    """More is taken from what is reserved, committed or paid for something than there is."""

    code = "budget.not_held"
    line: str
    purpose: str
    pot: str
    short: Money


class YearClosed(RuleBroken):
    """The fiscal year is closed."""

    code = "budget.year_closed"
    book: str
    year: int


class DayOutsideYear(RuleBroken):
    """An entry's day is not in the fiscal year of its line."""

    code = "budget.day_outside_year"
    line: str
    day: str
    year: int


class MoneyStillHeld(RuleBroken):
    """A year cannot be closed while money is reserved or committed."""

    code = "budget.money_still_held"
    year: int
    line: str
    held: Money


class AmountNotPositive(Invalid):
    """An entry of nothing, or of less."""

    code = "budget.amount_not_positive"
    amount: Money


class EntryDiffers(Conflict):
    """The source has made this entry on this line already, with another content."""

    code = "budget.entry_differs"
    line: str
    source: str
    recorded: str
    given: str
