"""Documents of the budget."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.budget.documents.allotments import OPERATING_ALLOTMENT, TRAINING_CHECK

__all__ = ["DOCUMENTS"]

DOCUMENTS: tuple[Document, ...] = (OPERATING_ALLOTMENT, TRAINING_CHECK)
