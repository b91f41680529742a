"""Workbooks of leadership."""

from __future__ import annotations

from xuequ.core.workbook import Template
from xuequ.unified.leadership.templates.duties import DRILLS, DUTY

__all__ = ["DRILLS", "DUTY", "TEMPLATES"]

TEMPLATES: tuple[Template, ...] = (DUTY, DRILLS)
