"""Documents of office goods in stock."""

from __future__ import annotations

from datetime import date

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable

_C, _R = Align.CENTER, Align.RIGHT

STOCK = Document(
    name="budget.stock",
    title="办公用品收发存台账",
    part="budget.stock",
    view="ledger",
    arguments=(
        Argument("since", "起始日期（默认本月一日）", date.fromisoformat, required=False),
        Argument("until", "截止日期，不含当日（默认起始月的次月一日）", date.fromisoformat, required=False),
    ),
    subtitle=lambda view: f"{view.since} 至 {view.last_day}",
    tables=(
        DocumentTable(
            "收发存",
            lambda view: view.lines,
            (
                DocumentColumn("代码", "code"),
                DocumentColumn("品名", "name", wide=True),
                DocumentColumn("单位", "unit", _C),
                DocumentColumn("期初结存", "opening", _R),
                DocumentColumn("入库", "received", _R),
                DocumentColumn("退库", "returned", _R),
                DocumentColumn("领用", "issued", _R),
                DocumentColumn("盘盈（亏）", "counted", _R),
                DocumentColumn("期末结存", "closing", _R),
            ),
            note=lambda view: (
                "只记数量，金额见经费台账；红字冲销已从原类别中减去。各品目单位不同，不作合计。"
            ),
            number=True,
        ),
    ),
    signers=("财物保管员", "盘点人", "总务主任"),
)
