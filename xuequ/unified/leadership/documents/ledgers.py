"""Documents of duty, safety and plans: roster, ledger of drills and hazards, how plans are carried out."""

from __future__ import annotations

from xuequ.core.document import ANY_SCHOOL, ON, Align, Argument, Document, DocumentColumn, DocumentTable
from xuequ.unified.leadership.documents.basis import FIRST, LAST
from xuequ.unified.leadership.states.plans import PlanArea

_C, _R = Align.CENTER, Align.RIGHT

DUTY_ROSTER = Document(
    name="leadership.duty_roster",
    title="值班表",
    part="leadership.duties",
    view="roster",
    arguments=(FIRST, LAST, ANY_SCHOOL),
    subtitle=lambda view: f"{view.first} 至 {view.last}",
    tables=(
        DocumentTable(
            "值班表",
            lambda view: view.lines,
            (
                DocumentColumn("日期", "day", _C),
                DocumentColumn("带班", "lead"),
                DocumentColumn("上午值班", "am", wide=True),
                DocumentColumn("下午值班", "pm", wide=True),
                DocumentColumn("交接签字"),
            ),
            group="school",
        ),
    ),
)

SAFETY_LEDGER = Document(
    name="leadership.safety_ledger",
    title="演练与隐患台账",
    part="leadership.safety",
    view="ledger",
    arguments=(FIRST, LAST),
    subtitle=lambda view: (
        f"{view.first} 至 {view.last} · 演练 {len(view.drills)} 次，隐患 {len(view.hazards)} 处，"
        f"逾期未整改 {view.overdue} 处"
    ),
    tables=(
        DocumentTable(
            "演练",
            lambda view: view.drills,
            (
                DocumentColumn("日期", "held_on", _C),
                DocumentColumn("学校", "school_name", wide=True),
                DocumentColumn("类别", "kind", _C),
                DocumentColumn("参加人数", "participants", _R, total=True),
                DocumentColumn("用时（分钟）", "minutes", _R),
                DocumentColumn("存在问题", "problems", wide=True),
            ),
            number=True,
        ),
        DocumentTable(
            "隐患",
            lambda view: view.hazards,
            (
                DocumentColumn("发现日期", "found_on", _C),
                DocumentColumn("学校", "school_name", wide=True),
                DocumentColumn("部位", "spot"),
                DocumentColumn("隐患", "text", wide=True),
                DocumentColumn("责任人", "owner"),
                DocumentColumn("整改期限", "due_on", _C),
                DocumentColumn("整改日期", "rectified_on", _C),
                DocumentColumn("整改人", "rectified_by"),
                DocumentColumn("验收日期", "verified_on", _C),
                DocumentColumn("验收人", "verified_by"),
                DocumentColumn("状态", "state", _C),
            ),
            number=True,
            note=lambda view: "隐患须由整改人以外的人验收销号。",
        ),
    ),
)

PLAN_EXECUTION = Document(
    name="leadership.plan_execution",
    title="德育、安全计划执行表",
    part="leadership.plans",
    view="execution",
    arguments=(Argument("area", "计划类别：德育（默认）或安全", PlanArea.parse, required=False), ON),
    subtitle=lambda view: (
        f"{view.area.label}计划 · 截至 {view.as_of} · 事项 {len(view.items)} 项，"
        f"已完成 {view.done} 项，逾期 {view.overdue} 项"
    ),
    tables=(
        DocumentTable(
            "计划执行情况",
            lambda view: view.items,
            (
                DocumentColumn("单位", "unit", wide=True),
                DocumentColumn("序", "number", _C),
                DocumentColumn("事项", "topic"),
                DocumentColumn("内容", "text", wide=True),
                DocumentColumn("责任人", "owner"),
                DocumentColumn("期限", "due_on", _C),
                DocumentColumn("完成日期", "done_on", _C),
                DocumentColumn("凭证", "proved", wide=True),
                DocumentColumn("状态", "state", _C),
            ),
            group="plan",
        ),
    ),
)
