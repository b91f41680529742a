"""Documents of the budget."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.budget.documents.years import BUDGET_APPROVED, BUDGET_PROPOSAL

__all__ = ["BUDGET_APPROVED", "BUDGET_PROPOSAL", "DOCUMENTS"]

DOCUMENTS: tuple[Document, ...] = (BUDGET_PROPOSAL, BUDGET_APPROVED)
