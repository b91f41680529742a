"""Documents of party."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.party.documents.development import CANDIDATE_NOTICE, DEVELOPMENT_LEDGER

DOCUMENTS: tuple[Document, ...] = (DEVELOPMENT_LEDGER, CANDIDATE_NOTICE)
