"""Documents of party."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.party.documents.appraisal import RECTIFICATION_LIST
from xuequ.unified.party.documents.development import CANDIDATE_NOTICE, DEVELOPMENT_LEDGER
from xuequ.unified.party.documents.dues import DUES_ANNUAL, DUES_LEDGER, DUES_REMITTANCE
from xuequ.unified.party.documents.meetings import COMPLETION_GRID, MEETING_ATTENDANCE
from xuequ.unified.party.documents.members import CULTIVATION, ROSTER, YEAR_FLOW
from xuequ.unified.party.documents.study import HOURS_LEDGER, STATUTE_LESSONS
from xuequ.unified.party.documents.watch import STAYING_AWAY

__all__ = [
    "CANDIDATE_NOTICE",
    "COMPLETION_GRID",
    "CULTIVATION",
    "DEVELOPMENT_LEDGER",
    "DOCUMENTS",
    "DUES_ANNUAL",
    "DUES_LEDGER",
    "DUES_REMITTANCE",
    "HOURS_LEDGER",
    "MEETING_ATTENDANCE",
    "RECTIFICATION_LIST",
    "ROSTER",
    "STATUTE_LESSONS",
    "STAYING_AWAY",
    "YEAR_FLOW",
]

DOCUMENTS: tuple[Document, ...] = (
    ROSTER,
    YEAR_FLOW,
    CULTIVATION,
    COMPLETION_GRID,
    MEETING_ATTENDANCE,
    RECTIFICATION_LIST,
    HOURS_LEDGER,
    STATUTE_LESSONS,
    DUES_LEDGER,
    DUES_ANNUAL,
    DUES_REMITTANCE,
    DEVELOPMENT_LEDGER,
    CANDIDATE_NOTICE,
    STAYING_AWAY,
)
