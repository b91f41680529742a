"""Documents of teaching."""

from __future__ import annotations

from xuequ.core.document import Document

DOCUMENTS: tuple[Document, ...] = ()
