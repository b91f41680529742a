"""Documents of party."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.party.documents.dues import DUES_ANNUAL, DUES_LEDGER, DUES_REMITTANCE
from xuequ.unified.party.documents.members import CULTIVATION, ROSTER, YEAR_FLOW

DOCUMENTS: tuple[Document, ...] = (
    ROSTER,
    YEAR_FLOW,
    CULTIVATION,
    DUES_LEDGER,
    DUES_ANNUAL,
    DUES_REMITTANCE,
)
