"""Data checks of the budget."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.unified.budget.checks.adjustments import CHECKS as ADJUSTMENTS
from xuequ.unified.budget.checks.allotments import CHECKS as ALLOTMENTS
from xuequ.unified.budget.checks.claims import CHECKS as CLAIMS
from xuequ.unified.budget.checks.closing import CHECKS as CLOSING
from xuequ.unified.budget.checks.control import CHECKS as CONTROL
from xuequ.unified.budget.checks.council import CHECKS as COUNCIL
from xuequ.unified.budget.checks.ledger import CHECKS as LEDGER
from xuequ.unified.budget.checks.purchases import CHECKS as PURCHASES
from xuequ.unified.budget.checks.stock import CHECKS as STOCK
from xuequ.unified.budget.checks.years import CHECKS as YEARS

CHECKS: tuple[DataCheck, ...] = (
    *ADJUSTMENTS,
    *ALLOTMENTS,
    *CLAIMS,
    *CLOSING,
    *CONTROL,
    *COUNCIL,
    *LEDGER,
    *PURCHASES,
    *STOCK,
    *YEARS,
)
"""Every check of the part; a topic with checks of its own has a module here."""
