"""Documents of leadership."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.leadership.documents.leave import LEAVE_LEDGER, OVERDUE_RETURNS, UNREPORTED_LEAVES

DOCUMENTS: tuple[Document, ...] = (LEAVE_LEDGER, OVERDUE_RETURNS, UNREPORTED_LEAVES)
