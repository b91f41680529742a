"""Documents of the budget."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.budget.documents.control import EXECUTION, OPEN_COMMITMENTS

__all__ = ["DOCUMENTS", "EXECUTION", "OPEN_COMMITMENTS"]

DOCUMENTS: tuple[Document, ...] = (EXECUTION, OPEN_COMMITMENTS)
