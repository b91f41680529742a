"""Documents of the budget."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.budget.documents.adjustments import ADJUSTMENTS
from xuequ.unified.budget.documents.closing import CARRY_OVER

__all__ = ["ADJUSTMENTS", "CARRY_OVER", "DOCUMENTS"]

DOCUMENTS: tuple[Document, ...] = (ADJUSTMENTS, CARRY_OVER)
