"""Documents of party."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.party.documents.development import CANDIDATE_NOTICE, DEVELOPMENT_LEDGER
from xuequ.unified.party.documents.members import CULTIVATION, ROSTER, YEAR_FLOW

DOCUMENTS: tuple[Document, ...] = (
    DEVELOPMENT_LEDGER,
    CANDIDATE_NOTICE,
    ROSTER,
    YEAR_FLOW,
    CULTIVATION,
)
