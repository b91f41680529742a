"""Documents of party."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.party.documents.members import CULTIVATION, ROSTER, YEAR_FLOW

DOCUMENTS: tuple[Document, ...] = (ROSTER, YEAR_FLOW, CULTIVATION)
