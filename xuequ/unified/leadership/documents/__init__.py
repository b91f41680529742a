"""Documents of leadership."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.leadership.documents.leave import LEAVE_LEDGER, OVERDUE_RETURNS, UNREPORTED_LEAVES
from xuequ.unified.leadership.documents.ledgers import DUTY_ROSTER, PLAN_EXECUTION, SAFETY_LEDGER
from xuequ.unified.leadership.documents.links import DUTY_LINK_TABLE, VACANCY_LIST
from xuequ.unified.leadership.documents.regulations import ACK_MATRIX
from xuequ.unified.leadership.documents.visits import VISIT_LOG

__all__ = [
    "ACK_MATRIX",
    "DOCUMENTS",
    "DUTY_LINK_TABLE",
    "DUTY_ROSTER",
    "LEAVE_LEDGER",
    "OVERDUE_RETURNS",
    "PLAN_EXECUTION",
    "SAFETY_LEDGER",
    "UNREPORTED_LEAVES",
    "VACANCY_LIST",
    "VISIT_LOG",
]

DOCUMENTS: tuple[Document, ...] = (
    DUTY_LINK_TABLE,
    VACANCY_LIST,
    LEAVE_LEDGER,
    OVERDUE_RETURNS,
    UNREPORTED_LEAVES,
    ACK_MATRIX,
    VISIT_LOG,
    DUTY_ROSTER,
    SAFETY_LEDGER,
    PLAN_EXECUTION,
)
