"""Data checks of the budget."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.unified.budget.checks.control import CHECKS as CONTROL
from xuequ.unified.budget.checks.ledger import CHECKS as LEDGER

CHECKS: tuple[DataCheck, ...] = (*CONTROL, *LEDGER)
"""Every check of the part; a topic with checks of its own has a module here."""
