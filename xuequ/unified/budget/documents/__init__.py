"""Documents of the budget."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.budget.documents.adjustments import ADJUSTMENTS
from xuequ.unified.budget.documents.allotments import OPERATING_ALLOTMENT, TRAINING_CHECK
from xuequ.unified.budget.documents.claims import CLAIM, CLAIMS, TURNAROUND
from xuequ.unified.budget.documents.closing import CARRY_OVER
from xuequ.unified.budget.documents.control import EXECUTION, OPEN_COMMITMENTS
from xuequ.unified.budget.documents.council import DECISIONS, MINUTES
from xuequ.unified.budget.documents.purchases import ACCEPTANCE, PURCHASE_ORDER, PURCHASES
from xuequ.unified.budget.documents.stock import STOCK
from xuequ.unified.budget.documents.years import BUDGET_APPROVED, BUDGET_PROPOSAL

__all__ = [
    "ACCEPTANCE",
    "ADJUSTMENTS",
    "BUDGET_APPROVED",
    "BUDGET_PROPOSAL",
    "CARRY_OVER",
    "CLAIM",
    "CLAIMS",
    "DECISIONS",
    "DOCUMENTS",
    "EXECUTION",
    "MINUTES",
    "OPEN_COMMITMENTS",
    "OPERATING_ALLOTMENT",
    "PURCHASES",
    "PURCHASE_ORDER",
    "STOCK",
    "TRAINING_CHECK",
    "TURNAROUND",
]

DOCUMENTS: tuple[Document, ...] = (
    ADJUSTMENTS,
    OPERATING_ALLOTMENT,
    TRAINING_CHECK,
    CLAIM,
    CLAIMS,
    TURNAROUND,
    CARRY_OVER,
    EXECUTION,
    OPEN_COMMITMENTS,
    MINUTES,
    DECISIONS,
    PURCHASE_ORDER,
    ACCEPTANCE,
    PURCHASES,
    STOCK,
    BUDGET_PROPOSAL,
    BUDGET_APPROVED,
)
