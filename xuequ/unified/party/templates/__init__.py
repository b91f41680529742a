"""Workbooks of party."""

from __future__ import annotations

from xuequ.core.workbook import Template
from xuequ.unified.party.templates.dues import DUES

__all__ = ["DUES", "TEMPLATES"]

TEMPLATES: tuple[Template, ...] = (DUES,)
