"""Documents of party."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.party.documents.dues import DOCUMENTS as DUES

DOCUMENTS: tuple[Document, ...] = (*DUES,)
