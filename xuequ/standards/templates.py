"""Workbooks of rule parameters."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.standards.schemas import StandardValue
from xuequ.standards.states import Checked

VALUES = Template(
    name="standards.values",
    title="本地规则参数",
    sheets=(
        Sheet(
            "values",
            "规则参数",
            StandardValue,
            (
                Column("键名", "key", note="见 xuequ rules"),
                Column("数值", "value", note="金额以元计；比例如 1/2、5%；列表和表格写成 JSON"),
                Column("起始日期", "since", Kind.DAY, note="自何日起执行"),
                Column(
                    "终止日期", "until", Kind.DAY, required=False, note="不再执行的第一天；继续执行则留空"
                ),
                Column("依据", "authority", note="决定此数值的文件名称和文号"),
                Column("条款", "article", required=False),
                Column("核对程度", "checked", codes=Checked),
                Column("理由", "reason", required=False, note="补录或更正过去的数值时填写"),
            ),
            key=("key", "since"),
        ),
    ),
    part="standards",
    plan="plan_import",
    apply="import_values",
    county=True,
)

TEMPLATES = (VALUES,)
