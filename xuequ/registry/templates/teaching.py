"""The workbook of teaching."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.teaching import HeadTeacherRow, TeachingRow
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.registry.templates.columns import NAME, OF_CLASS, STAFF_NO, since, until
from xuequ.standards.codes.schooling import Subject

_ENDS = ("registry.ends_before_it_begins", "registry.teaching_ended_already")

_TEACHINGS = Sheet(
    "teachings",
    "任课",
    TeachingRow,
    (
        *OF_CLASS,
        Column("学科", "subject", codes=Subject, blamed=("registry.subject_taken",)),
        replace(
            STAFF_NO,
            blamed=(
                *STAFF_NO.blamed,
                "registry.teacher_elsewhere",
                "registry.teacher_not_qualified",
                "registry.same_teacher",
            ),
        ),
        NAME,
        Column("周半课时数", "half_periods", Kind.WHOLE, note="每周一节课为 2，隔周一节为 1"),
        since("任课的第一天"),
        until("不再任课的第一天，仍在任课的留空", *_ENDS),
        Column("变动原因", "ended", codes=TeachingChange, required=False, note="提前结束或交接时必填"),
        Column("任课来源", "origin", codes=TeachingOrigin, required=False, note="不填即新任"),
        Column("走教", "itinerant", Kind.FLAG, required=False, note="不在该校任教、到该校上课的填“是”"),
        Column(
            "一师多科理由",
            "exception",
            required=False,
            note="小规模学校由无该学科资格证的教师任课时必填",
            blamed=("registry.exception_outside_small_school",),
        ),
    ),
    key=("school", "stage", "entry_year", "number", "subject", "since"),
    together=(("until", "ended"),),
    required=False,
)
_HEAD_TEACHERS = Sheet(
    "head_teachers",
    "班主任",
    HeadTeacherRow,
    (
        *OF_CLASS,
        replace(
            STAFF_NO,
            blamed=(*STAFF_NO.blamed, "registry.head_teacher_elsewhere", "registry.head_teacher_known"),
        ),
        NAME,
        since("担任班主任的第一天"),
        until("不再担任的第一天，仍在任的留空", "registry.no_head_teacher", *_ENDS),
    ),
    key=("school", "stage", "entry_year", "number", "since"),
    required=False,
)

TEACHING = Template(
    name="registry.teaching",
    title="任课与班主任",
    sheets=(_TEACHINGS, _HEAD_TEACHERS),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
