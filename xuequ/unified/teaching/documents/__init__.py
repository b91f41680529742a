"""Documents of teaching."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.teaching.documents.cover import UNCOVERED_LESSONS

__all__ = ["DOCUMENTS", "UNCOVERED_LESSONS"]

DOCUMENTS: tuple[Document, ...] = (UNCOVERED_LESSONS,)
