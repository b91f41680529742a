"""The workbook of land, buildings and rooms."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.premises import LandRow
from xuequ.registry.states.premises import LandUse
from xuequ.registry.templates.columns import SCHOOL

PREMISES = Template(
    name="registry.premises",
    title="校舍用地",
    sheets=(
        Sheet(
            "land",
            "用地",
            LandRow,
            (
                SCHOOL,
                Column("地块名称", "name"),
                Column("面积（平方米）", "area", Kind.DECIMAL),
                Column("用途", "use", codes=LandUse, required=False, note="不填即校园"),
                Column(
                    "权属证号", "certificate", required=False, blamed=("registry.land_certificate_known",)
                ),
                Column("起始日期", "since", Kind.DAY, note="归该校使用的第一天"),
            ),
            key=("school", "name"),
            required=False,
        ),
    ),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
