"""Documents of the budget."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.budget.documents.claims import DOCUMENTS as CLAIMS

__all__ = ["DOCUMENTS"]

DOCUMENTS: tuple[Document, ...] = (*CLAIMS,)
