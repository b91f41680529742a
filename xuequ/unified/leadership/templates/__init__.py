"""Workbooks of leadership."""

from __future__ import annotations

from xuequ.core.workbook import Template
from xuequ.unified.leadership.templates.leave import LEAVE

TEMPLATES: tuple[Template, ...] = (LEAVE,)
