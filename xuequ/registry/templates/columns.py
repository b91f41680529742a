"""Columns that several of the registry's workbooks have."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind
from xuequ.registry.states.classes import Stage
from xuequ.standards.codes.people import DocumentKind

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


PUPIL_NO = Column("学号", "pupil_no", blamed=("registry.pupil_unknown", "registry.not_of_school"))

PUPIL_NAME = Column(
    "姓名", "name", required=False, blamed=("registry.name_differs",), note="供核对；填写的须与登记一致"
)

DOCUMENT = (
    Column(
        "证件类型",
        "document_kind",
        codes=DocumentKind,
        required=False,
        note="不填即居民身份证",
        blamed=("registry.document_kind_alone",),
    ),
    Column(
        "证件号码",
        "document_number",
        required=False,
        note="加密保存；导出时只显示一部分，照样导入不作改动",
        blamed=(
            "registry.area_unknown",
            "registry.citizen_number_birth",
            "registry.citizen_number_check",
            "registry.citizen_number_shape",
            "registry.document_contradicts",
            "registry.document_cut",
            "registry.document_masked",
            "registry.document_maybe_cut",
            "registry.document_taken",
            "registry.not_the_household_book",
        ),
    ),
)

PHONE = Column(
    "联系电话",
    "phone",
    required=False,
    note="加密保存；不导出，不填即不改",
    blamed=("registry.phone_unreadable",),
)
