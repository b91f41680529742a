"""Data checks of the budget."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.unified.budget.checks.adjustments import CHECKS as ADJUSTMENTS
from xuequ.unified.budget.checks.closing import CHECKS as CLOSING
from xuequ.unified.budget.checks.ledger import CHECKS as LEDGER

CHECKS: tuple[DataCheck, ...] = (*ADJUSTMENTS, *CLOSING, *LEDGER)
"""Every check of the part; a topic with checks of its own has a module here."""
