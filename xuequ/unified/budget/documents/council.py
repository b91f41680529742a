"""Documents of the council: the minutes of a meeting, and the ledger of decisions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable, KeyFigure
from xuequ.unified.budget.schemas.council import ItemView, MeetingView
from xuequ.unified.budget.states.council import SPENDABLE

_C, _R = Align.CENTER, Align.RIGHT


def _subtitle(view: MeetingView) -> str:
    signed = f" · {view.signed_on} 签署" if view.signed_on else ""
    return (
        f"{view.name} · {view.day} · 主持 {view.chair} · 记录 {view.recorder}（{view.state.label}）{signed}"
    )


def _item_row(item: ItemView) -> SimpleNamespace:
    """Lay an item out as the minutes say it."""
    spends = item.matter in SPENDABLE
    return SimpleNamespace(
        number=item.number,
        subject=item.subject,
        matter=item.matter.label,
        where=item.line or item.school_name or "",
        ceiling=item.ceiling if spends else "",
        last=(item.last_day or "长期") if spends else "",
        due=item.due,
        present=item.present,
        yes=item.yes,
        no=item.no,
        abstain=item.abstain,
        state=item.state.label,
    )


def _items(view: MeetingView) -> list[SimpleNamespace]:
    return [_item_row(item) for item in view.items]


def _attendance_note(view: MeetingView) -> str:
    return f"应到 {view.due} 人，实到 {view.present} 人。"


MINUTES = Document(
    name="budget.decision_minutes",
    title="校务委员会会议纪要（集体决议）",
    part="budget.council",
    view="minutes",
    arguments=(Argument("meeting_id", "会议编号", int),),
    subtitle=_subtitle,
    tables=(
        DocumentTable(
            "到会情况",
            lambda view: view.attendance,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("到会", "mark.label", _C),
                DocumentColumn("签名", wide=True),
            ),
            note=_attendance_note,
            number=True,
        ),
        DocumentTable(
            "决议事项",
            _items,
            (
                DocumentColumn("序号", "number", _C),
                DocumentColumn("议题", "subject", wide=True),
                DocumentColumn("事项", "matter"),
                DocumentColumn("学校或预算项目", "where"),
                DocumentColumn("金额上限（元）", "ceiling", _R),
                DocumentColumn("有效期至", "last", _C),
                DocumentColumn("应到", "due", _R),
                DocumentColumn("实到", "present", _R),
                DocumentColumn("赞成", "yes", _R),
                DocumentColumn("反对", "no", _R),
                DocumentColumn("弃权", "abstain", _R),
                DocumentColumn("结果", "state", _C),
            ),
            note=lambda view: "应到、实到不含回避的成员；超过金额上限的，须由校务委员会另行决定。",
        ),
        DocumentTable(
            "利害关系与回避",
            lambda view: view.interests,
            (
                DocumentColumn("议题", "item", wide=True),
                DocumentColumn("成员", "name"),
                DocumentColumn("利害关系", "reason", wide=True),
            ),
            optional=True,
        ),
    ),
    signers=("主持人", "记录人", "学区校长"),
    notice=lambda view: f"本次会议已作废：{view.reason}" if view.reason else "",
)


def _left_note(view: Any) -> str:
    return f"截至 {view.as_of}；支出须引用决议编号，失效或超额的不得支出。"


_AMOUNTS = (
    DocumentColumn("上限（元）", "ceiling", _R, total=True),
    DocumentColumn("已占用（元）", "drawn", _R, total=True),
    DocumentColumn("剩余（元）", "left", _R, total=True),
)

DECISIONS = Document(
    name="budget.decisions",
    title="集体决议执行台账",
    part="budget.council",
    view="decisions",
    arguments=(Argument("year", "年度，如 2026（默认今年）", int, required=False),),
    subtitle=lambda view: f"{view.year} 年度 · 截至 {view.as_of}",
    figures=(
        KeyFigure("决议额度", "ceiling", "元", lambda view: "本年度通过的决议和未追认应急抢修的上限之和"),
        KeyFigure("已占用", "drawn", "元"),
        KeyFigure("逾期追认", "overdue", "项", lambda view: "没有在期限内追认的应急抢修"),
    ),
    tables=(
        DocumentTable(
            "决议",
            lambda view: view.lines,
            (
                DocumentColumn("纪要", "minutes"),
                DocumentColumn("序号", "number", _C),
                DocumentColumn("议题", "subject", wide=True),
                DocumentColumn("事项", "matter.label"),
                DocumentColumn("学校", "school_name"),
                *_AMOUNTS,
                DocumentColumn("生效", "since", _C),
                DocumentColumn("有效期至", "last_day", _C),
                DocumentColumn("状态", "standing", _C),
            ),
            note=_left_note,
        ),
        DocumentTable(
            "应急抢修",
            lambda view: view.emergencies,
            (
                DocumentColumn("事项", "subject", wide=True),
                DocumentColumn("学校", "school_name"),
                DocumentColumn("原因", "reason", wide=True),
                *_AMOUNTS,
                DocumentColumn("开始", "since", _C),
                DocumentColumn("追认期限", "ratify_by", _C),
                DocumentColumn("追认日期", "ratified_on", _C),
                DocumentColumn("状态", "standing", _C),
            ),
            note=lambda view: "追认后的额度已计入追认它的决议；逾期未追认的不得再支出。",
            optional=True,
        ),
    ),
)
