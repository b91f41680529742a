"""Columns that several of the registry's workbooks have."""

from __future__ import annotations

from xuequ.core.workbook import Column
from xuequ.standards.codes.people import DocumentKind

SCHOOL = Column(
    "学校代码",
    "school",
    blamed=("registry.school_unknown", "registry.school_not_open"),
    note="见基础数据的学校表",
)

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
            "registry.citizen_number_birth",
            "registry.citizen_number_check",
            "registry.citizen_number_shape",
            "registry.document_contradicts",
            "registry.document_cut",
            "registry.document_masked",
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
