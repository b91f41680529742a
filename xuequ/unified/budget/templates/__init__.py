"""Workbooks of the budget."""

from __future__ import annotations

from xuequ.core.workbook import Template
from xuequ.unified.budget.templates.claims import CLAIMS
from xuequ.unified.budget.templates.lines import LINES

TEMPLATES: tuple[Template, ...] = (
    CLAIMS,
    LINES,
)
