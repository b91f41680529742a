"""The workbook of documents and telephones, which may be collected after the set-up."""

from __future__ import annotations

from xuequ.core.workbook import Column, Sheet, Template
from xuequ.registry.schemas.books.people import IdentityRow
from xuequ.registry.states.people import NumberedRole
from xuequ.registry.templates.columns import DOCUMENT, PHONE, PUPIL_NAME

PEOPLE = Template(
    name="registry.people",
    title="证件与联系方式",
    sheets=(
        Sheet(
            "people",
            "证件与联系方式",
            IdentityRow,
            (
                Column("身份", "role", codes=NumberedRole),
                Column(
                    "工号或学号",
                    "number",
                    blamed=("registry.staff_unknown", "registry.pupil_unknown"),
                    note="教职工填工号，学生填学号",
                ),
                PUPIL_NAME,
                *DOCUMENT,
                PHONE,
            ),
            key=("role", "number"),
        ),
    ),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
