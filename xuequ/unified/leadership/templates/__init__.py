"""Workbooks of leadership."""

from __future__ import annotations

from xuequ.core.workbook import Template
from xuequ.unified.leadership.templates.duties import DRILLS, DUTY
from xuequ.unified.leadership.templates.leave import LEAVE

__all__ = ["DRILLS", "DUTY", "TEMPLATES"]

TEMPLATES: tuple[Template, ...] = (
    LEAVE,
    DUTY,
    DRILLS,
)
