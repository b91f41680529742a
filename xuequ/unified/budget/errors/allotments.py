"""Errors of the allotment of 公用经费, and of releases 核拨."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken
from xuequ.core.money import Money


class NoAutumnReturn(NotFound):
    """No statistical return of last autumn was frozen; live figures never stand in for it."""

    code = "budget.no_autumn_return"
    year: int
    autumn: int


class AllotmentThere(Conflict):
    """The year's allotment of that number was adopted, or the one before it was not."""

    code = "budget.allotment_there"
    year: int
    number: int
    next: int


class AllotmentUnknown(NotFound):
    """No allotment of that year and number was adopted."""

    code = "budget.allotment_unknown"
    year: int


class CorrectionNeedsReason(Invalid):
    """An allotment is adopted a second time without a reason, or the first time with one."""

    code = "budget.correction_needs_reason"
    year: int
    number: int


class PurseDiffers(Invalid):
    """A project is not for what is asked of it."""

    code = "budget.purse_differs"
    project: str
    purse: str
    wanted: str


class ReleaseNowhere(Invalid):
    """A release names neither a school nor what it is for."""

    code = "budget.release_nowhere"
    number: str


class ReleaseElsewhere(RuleBroken):
    """A line of one school is released to another."""

    code = "budget.release_elsewhere"
    line: str
    school: str


class ReleaseDiffers(Conflict):
    """A release of that number was made, with another content."""

    code = "budget.release_differs"
    number: str


class ReleaseUnknown(NotFound):
    """No such release in this scope."""

    code = "budget.release_unknown"
    release: str


class ReleaseEnded(Conflict):
    """A release was given back or voided already."""

    code = "budget.release_ended"
    number: str
    state: str


class ReleaseInUse(RuleBroken):
    """A release cannot be voided once something of it was committed or paid."""

    code = "budget.release_in_use"
    number: str
    used: Money
