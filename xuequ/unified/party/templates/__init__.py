"""Workbooks of party."""

from __future__ import annotations

from xuequ.core.workbook import Template
from xuequ.unified.party.templates.attendance import MEETING_ATTENDANCE
from xuequ.unified.party.templates.development import DEVELOPMENT
from xuequ.unified.party.templates.dues import DUES
from xuequ.unified.party.templates.members import MEMBERS

TEMPLATES: tuple[Template, ...] = (
    DEVELOPMENT,
    MEMBERS,
    MEETING_ATTENDANCE,
    DUES,
)
