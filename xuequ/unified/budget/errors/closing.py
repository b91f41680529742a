"""Errors of the close of a year."""

from __future__ import annotations

from xuequ.core.errors import RuleBroken


class EarlierYearOpen(RuleBroken):
    """The year before is open, so what it carries over is not known."""

    code = "budget.earlier_year_open"
    book: str
    year: int
