"""Columns that several of the registry's workbooks have."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind
from xuequ.registry.states.classes import Stage

SCHOOL = Column(
    "学校代码",
    "school",
    blamed=("registry.school_unknown", "registry.school_not_open"),
    note="见基础数据的学校表",
)
STAFF_NO = Column(
    "工号",
    "staff_no",
    blamed=("registry.staff_unknown", "registry.staff_known", "registry.number_holds_citizen_number"),
)
NAME = Column(
    "姓名",
    "name",
    required=False,
    blamed=("registry.name_differs",),
    note="可以不填；填写时须与登记的一致",
)
OF_CLASS = (
    SCHOOL,
    Column("学段", "stage", codes=Stage),
    Column("入学年份", "entry_year", Kind.WHOLE, note="秋季入学的公历年份；年级由此推算"),
    Column("班号", "number", Kind.WHOLE, blamed=("registry.class_unknown", "registry.class_dissolved")),
)
AUTHORITY = Column("依据文号", "authority", required=False, note="文件号或会议记录")


def since(note: str) -> Column:
    """Return the column of the first day."""
    return Column("起始日期", "since", Kind.DAY, note=note)


def until(note: str, *blamed: str) -> Column:
    """Return the column of the first day without; a span without an end leaves it empty."""
    return Column("终止日期", "until", Kind.DAY, required=False, note=note, blamed=blamed)
