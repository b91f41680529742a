"""Workbooks of leadership."""

from __future__ import annotations

from xuequ.core.workbook import Template

TEMPLATES: tuple[Template, ...] = ()
