"""Documents of the budget."""

from __future__ import annotations

from xuequ.core.document import Document

__all__ = ["DOCUMENTS"]

DOCUMENTS: tuple[Document, ...] = ()
