"""Documents of cover: the lessons of a day that nobody covers."""

from __future__ import annotations

from xuequ.core.document import ANY_SCHOOL, ON, Align, Document, DocumentColumn, DocumentTable

UNCOVERED_LESSONS = Document(
    name="teaching.uncovered_lessons",
    title="今日未安排顶班一览",
    part="teaching.cover",
    view="uncovered_list",
    arguments=(ON, ANY_SCHOOL),
    unit=lambda view: view.unit,
    subtitle=lambda view: f"{view.as_of} · 需顶班 {view.lessons} 课，未安排 {len(view.uncovered)} 课",
    tables=(
        DocumentTable(
            "未安排顶班",
            lambda view: view.uncovered,
            (
                DocumentColumn("时段", "half_day", Align.CENTER),
                DocumentColumn("学校", "school_name", wide=True),
                DocumentColumn("班级", "class_name"),
                DocumentColumn("学科", "subject"),
                DocumentColumn("请假教师", "name"),
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("顶班教师"),
            ),
            number=True,
            note=lambda view: "顶班教师由教导处在学区内调配；未设课表前按半天、班级、学科逐项列出。",
        ),
    ),
    signers=("教导主任",),
)
