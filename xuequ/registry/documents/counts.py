"""Documents of counts: a frozen headcount."""

from __future__ import annotations

from datetime import date

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable
from xuequ.registry.schemas.forms import HeadcountForm
from xuequ.registry.states.headcounts import CountPurpose

_R = Align.RIGHT
_HEADS = tuple(
    DocumentColumn(heading, field, _R, total=True)
    for heading, field in (
        ("在籍", "on_roll"),
        ("在校", "in_school"),
        ("其中男", "boys"),
        ("其中女", "girls"),
        ("寄宿生", "boarders"),
        ("留守儿童", "left_behind"),
        ("随迁子女", "migrant"),
        ("残疾学生", "special_needs"),
    )
)


def _origin(view: HeadcountForm) -> str:
    without = f"冻结时未确认的学校：{view.frozen_without}。" if view.frozen_without else ""
    return f"{view.origin}。数字不再变动；寄宿生等各项都包含在“在校”人数内。{without}"


HEADCOUNT = Document(
    name="registry.headcount",
    title="人数统计表",
    part="registry.forms",
    view="headcount",
    arguments=(
        Argument("count_date", "统计时点，如 2026-09-01", date.fromisoformat),
        Argument("purpose", "统计用途，如 学年初统计", CountPurpose.parse),
    ),
    subtitle=lambda view: f"统计时点 {view.count_date} · {view.purpose.label} · 第 {view.edition} 版",
    tables=(
        DocumentTable(
            "各校人数",
            lambda view: view.schools,
            (
                DocumentColumn("学校", "school", wide=True),
                DocumentColumn("教学班", "classes", _R, total=True),
                *_HEADS,
                DocumentColumn("教职工", "staff", _R, total=True),
            ),
            note=_origin,
            number=True,
        ),
        DocumentTable(
            "各班人数",
            lambda view: view.classes,
            (DocumentColumn("班级", "class_name", wide=True), *_HEADS),
            group="school",
        ),
    ),
)
