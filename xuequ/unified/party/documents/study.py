"""Documents of study: the yearly 学时台账, and the lessons on the party's statutes."""

from __future__ import annotations

from datetime import date

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable, KeyFigure
from xuequ.unified.party.documents.meetings import INTERNAL, YEAR

_C, _R = Align.CENTER, Align.RIGHT

HOURS_LEDGER = Document(
    name="party.hours_ledger",
    title="党员学习学时台账",
    part="party.study",
    view="hours_of_year",
    arguments=(YEAR,),
    subtitle=lambda view: f"{view.branch} · {view.year} 年度 · 截至 {view.as_of}",
    tables=(
        DocumentTable(
            "学时",
            lambda view: view.lines,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("支部委员", "officer", _C),
                DocumentColumn("已学学时", "hours", _R, total=True),
                DocumentColumn("一般应学", "wanted", _R),
                DocumentColumn("尚缺", "short", _R),
            ),
            number=True,
        ),
    ),
    notice=INTERNAL,
)

STATUTE_LESSONS = Document(
    name="party.statute_lessons",
    title="《党章》进课堂计划与落实表",
    part="party.study",
    view="lessons",
    arguments=(
        Argument("since", "起始日期（默认今年 1 月 1 日）", date.fromisoformat, required=False),
        Argument("until", "截止日期的次日（默认一年）", date.fromisoformat, required=False),
    ),
    subtitle=lambda view: f"{view.since} 起至 {view.until} 前",
    figures=(KeyFigure("计划", "planned", "节"), KeyFigure("已上", "given", "节")),
    tables=(
        DocumentTable(
            "课时",
            lambda view: view.lines,
            (
                DocumentColumn("学校", "school"),
                DocumentColumn("班级", "class_name"),
                DocumentColumn("任课教师", "teacher"),
                DocumentColumn("课题", "topic", wide=True),
                DocumentColumn("计划日期", "planned_on", _C),
                DocumentColumn("上课日期", "given_on", _C),
                DocumentColumn("佐证", "proof"),
                DocumentColumn("取消日期", "called_off_on", _C),
                DocumentColumn("取消原因", "reason"),
                DocumentColumn("逾期未上", "overdue", _C),
            ),
            number=True,
        ),
    ),
)
