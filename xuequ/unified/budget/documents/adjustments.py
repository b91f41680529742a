"""The sheet of adjustments 预算调整表."""

from __future__ import annotations

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable

_C, _R = Align.CENTER, Align.RIGHT
_COLUMNS = (
    DocumentColumn("编号", "number"),
    DocumentColumn("日期", "day", _C),
    DocumentColumn("类型", "kind", _C),
    DocumentColumn("经费来源", "fund", _C),
    DocumentColumn("项目", "what", wide=True),
    DocumentColumn("收入增减（元）", "income", _R, total=True),
    DocumentColumn("支出增减（元）", "expenditure", _R, total=True),
    DocumentColumn("批准文号/备案号", "reference_no", _C),
    DocumentColumn("理由", "reason", wide=True),
)

ADJUSTMENTS = Document(
    name="budget.adjustments",
    title="预算调整表",
    part="budget.adjustments",
    view="sheet",
    arguments=(Argument("year", "年度，如 2026", int),),
    unit=lambda view: view.district,
    subtitle=lambda view: f"{view.book.label} · {view.year} 年度",
    tables=(
        DocumentTable(
            "已执行的调整",
            lambda view: view.applied,
            _COLUMNS,
            note=lambda view: "调减以负数表示；红字冲销与原调整并列，均不删除。",
            number=True,
        ),
        DocumentTable(
            "尚未执行的调整",
            lambda view: view.pending,
            (*_COLUMNS, DocumentColumn("状态", "state", _C)),
            number=True,
            optional=True,
        ),
        DocumentTable(
            "一般不予调整而调整的（例外）",
            lambda view: view.exceptional,
            (*_COLUMNS, DocumentColumn("状态", "state", _C)),
            note=lambda view: "财政拨款和财政专户管理资金一般不予调整；确需调整的列于此，并附理由。",
            number=True,
            optional=True,
        ),
    ),
    signers=("制表人", "会计", "学区校长"),
)
