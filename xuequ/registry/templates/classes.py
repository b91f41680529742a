"""The workbook of classes."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.classes import ClassLine, GroupLine
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.templates.columns import SCHOOL

CLASSES = Template(
    name="registry.classes",
    title="班级",
    sheets=(
        Sheet(
            "classes",
            "班级",
            ClassLine,
            (
                SCHOOL,
                Column("学段", "stage", codes=Stage),
                Column(
                    "入学年份",
                    "entry_year",
                    Kind.WHOLE,
                    note="秋季入学的公历年份；年级由此推算",
                    blamed=("registry.grade_beyond_stage",),
                ),
                Column("班号", "number", Kind.WHOLE, blamed=("registry.class_known",)),
                Column(
                    "设班日期",
                    "formed_on",
                    Kind.DAY,
                    required=False,
                    note="不填即自该级入学之日起；后设的班须填",
                ),
                Column(
                    "撤班日期",
                    "dissolved_on",
                    Kind.DAY,
                    required=False,
                    note="不再有此班的第一天；并班、分班请另行办理",
                    blamed=("registry.class_not_empty", "registry.class_dissolved"),
                ),
            ),
            key=("school", "stage", "entry_year", "number"),
            required=False,
        ),
        Sheet(
            "groups",
            "合班与复式班",
            GroupLine,
            (
                SCHOOL,
                Column("名称", "name"),
                Column("合班类别", "kind", codes=GroupKind, blamed=("registry.group_needs_grades",)),
                Column(
                    "班级",
                    "classes",
                    example="小学2026级1班、小学2025级1班",
                    note="逐班写明学段、入学年份和班号，如“小学2026级1班、小学2025级1班”",
                    blamed=(
                        "registry.class_list_unreadable",
                        "registry.class_unknown",
                        "registry.group_needs_two",
                        "registry.already_grouped",
                    ),
                ),
                Column("起始日期", "since", Kind.DAY, note="一起上课的第一天"),
                Column(
                    "终止日期",
                    "until",
                    Kind.DAY,
                    required=False,
                    note="不再一起上课的第一天",
                    blamed=("registry.group_unknown",),
                ),
            ),
            key=("school", "name", "since"),
            required=False,
        ),
    ),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
