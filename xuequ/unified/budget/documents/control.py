"""Documents of budget control: execution beside time, and open commitments."""

from __future__ import annotations

from xuequ.core.document import (
    ON,
    Align,
    Argument,
    Chart,
    ChartKind,
    Document,
    DocumentColumn,
    DocumentTable,
    KeyFigure,
    Series,
)

_C, _R = Align.CENTER, Align.RIGHT
_ARGUMENTS = (Argument("year", "预算年度，如 2026", int), ON)


def _money(title: str, field: str) -> DocumentColumn:
    return DocumentColumn(title, field, _R, total=True)


_FIGURES = (
    _money("批复", "approved"),
    _money("调整", "adjusted"),
    _money("结转", "carried_in"),
    _money("调整后预算", "budget"),
    _money("预留", "reserved"),
    _money("占用", "committed"),
    _money("已付", "paid"),
    _money("准予超支", "allowance"),
    _money("可用", "available"),
    DocumentColumn("执行率（%）", "percent", _R),
)

EXECUTION = Document(
    name="budget.execution",
    title="预算执行进度表",
    part="budget.control",
    view="execution",
    arguments=_ARGUMENTS,
    subtitle=lambda view: f"{view.year} 年度 {view.book.label} 截至 {view.as_of} 单位：元",
    figures=(
        KeyFigure("执行率", "total.percent", "%", lambda view: "已付 ÷ 调整后预算；准予超支不是预算，不计入"),
        KeyFigure("时间进度", "time_percent", "%", lambda view: "本年已过天数 ÷ 全年天数"),
        KeyFigure("可用", "total.available", "元"),
    ),
    charts=(
        Chart(
            "各项目执行率与时间进度",
            lambda view: view.bars,
            "label",
            (Series("执行率", "paid"), Series("时间进度", "time")),
            ChartKind.GROUPED,
            unit="%",
        ),
    ),
    tables=(
        DocumentTable("按项目", lambda view: view.projects, (DocumentColumn("项目", "label"), *_FIGURES)),
        DocumentTable("按学校", lambda view: view.schools, (DocumentColumn("学校", "label"), *_FIGURES)),
        DocumentTable(
            "按预算项目",
            lambda view: view.lines,
            (
                DocumentColumn("预算项目", "label", wide=True),
                DocumentColumn("功能分类", "function", _C),
                DocumentColumn("经济分类", "economic", _C),
                *_FIGURES,
            ),
            number=True,
        ),
    ),
)

OPEN_COMMITMENTS = Document(
    name="budget.open_commitments",
    title="未结占用清单",
    part="budget.control",
    view="open_commitments",
    arguments=_ARGUMENTS,
    subtitle=lambda view: f"{view.year} 年度 {view.book.label} 截至 {view.as_of} 单位：元",
    tables=(
        DocumentTable(
            "未结占用",
            lambda view: view.lines,
            (
                DocumentColumn("预算项目", "line", wide=True),
                DocumentColumn("学校", "school_name"),
                DocumentColumn("用途", "held_for"),
                DocumentColumn("占用日期", "since", _C),
                DocumentColumn("已占用天数", "days", _R),
                _money("未结金额", "amount"),
            ),
            number=True,
        ),
    ),
)
