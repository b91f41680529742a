"""Documents of party."""

from __future__ import annotations

from xuequ.core.document import Document
from xuequ.unified.party.documents.appraisal import RECTIFICATION_LIST
from xuequ.unified.party.documents.development import CANDIDATE_NOTICE, DEVELOPMENT_LEDGER
from xuequ.unified.party.documents.dues import DOCUMENTS as DUES
from xuequ.unified.party.documents.meetings import COMPLETION_GRID, MEETING_ATTENDANCE
from xuequ.unified.party.documents.members import CULTIVATION, ROSTER, YEAR_FLOW
from xuequ.unified.party.documents.study import HOURS_LEDGER, STATUTE_LESSONS
from xuequ.unified.party.documents.watch import STAYING_AWAY

DOCUMENTS: tuple[Document, ...] = (
    *(DEVELOPMENT_LEDGER, CANDIDATE_NOTICE),
    *DUES,
    *(ROSTER, YEAR_FLOW, CULTIVATION),
    *(COMPLETION_GRID, MEETING_ATTENDANCE, RECTIFICATION_LIST),
    *(HOURS_LEDGER, STATUTE_LESSONS),
    STAYING_AWAY,
)
