"""Documents of leadership."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.leadership.documents.leave import LEAVE_LEDGER, OVERDUE_RETURNS, UNREPORTED_LEAVES
from xuequ.unified.leadership.documents.links import DUTY_LINK_TABLE, VACANCY_LIST

DOCUMENTS: tuple[Document, ...] = (
    DUTY_LINK_TABLE,
    VACANCY_LIST,
    LEAVE_LEDGER,
    OVERDUE_RETURNS,
    UNREPORTED_LEAVES,
)
