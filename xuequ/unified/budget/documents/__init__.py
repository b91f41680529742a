"""Documents of the budget."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.budget.documents.council import DECISIONS, MINUTES

__all__ = ["DOCUMENTS"]

DOCUMENTS: tuple[Document, ...] = (DECISIONS, MINUTES)
