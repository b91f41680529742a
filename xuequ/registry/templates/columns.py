"""Columns that several of the registry's workbooks have."""

from __future__ import annotations

from xuequ.core.workbook import Column

SCHOOL = Column(
    "学校代码",
    "school",
    blamed=("registry.school_unknown", "registry.school_not_open"),
    note="见基础数据的学校表",
)
