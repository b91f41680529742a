"""The workbook of pupils' moves."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.moves import PupilMoveRow
from xuequ.registry.states.pupils import MoveKind, Reason
from xuequ.registry.templates.columns import PUPIL_NAME, PUPIL_NO, SCHOOL

PUPIL_MOVES = Template(
    name="registry.pupil_moves",
    title="学生异动",
    sheets=(
        Sheet(
            "moves",
            "学生异动",
            PupilMoveRow,
            (
                SCHOOL,
                PUPIL_NO,
                PUPIL_NAME,
                Column("异动类别", "kind", codes=MoveKind, blamed=("core.illegal_transition",)),
                Column(
                    "生效日期",
                    "on",
                    Kind.DAY,
                    note="生效的第一天",
                    blamed=(
                        "registry.standing_backwards",
                        "registry.not_yet_happened",
                        "registry.not_last_grade",
                    ),
                ),
                Column("原因", "reason", codes=Reason, required=False, note="不填即该类异动的通常原因"),
                Column("入学年份", "entry_year", Kind.WHOLE, required=False, note="随下一年级复学时填写"),
                Column(
                    "班号",
                    "number",
                    Kind.WHOLE,
                    required=False,
                    note="调班必填；复学到其他班时填写",
                    blamed=("registry.class_unknown", "registry.same_class", "registry.resumption_unfit"),
                ),
                Column(
                    "拟复学日期",
                    "planned_until",
                    Kind.DAY,
                    required=False,
                    note="休学必填：复学的第一天；已登记休学的，改为更晚的日期即续休",
                    blamed=(
                        "registry.suspension_too_long",
                        "registry.extension_spent",
                        "registry.extension_too_short",
                    ),
                ),
                Column(
                    "缺课起始日",
                    "absent_since",
                    Kind.DAY,
                    required=False,
                    note="疑似辍学必填",
                    blamed=("registry.absent_later", "registry.absence_too_short"),
                ),
                Column("去向", "outside", required=False, note="转出县外必填：转入学校"),
                Column(
                    "监护人申请",
                    "guardian_applied",
                    Kind.FLAG,
                    required=False,
                    note="转出县外须填“是”",
                    blamed=("registry.transfer_forced",),
                ),
                Column(
                    "备注",
                    "remark",
                    required=False,
                    note="依据、劝返记录或决定；不写个人隐私",
                    blamed=("registry.persuasion_missing", "registry.decision_missing"),
                ),
            ),
            key=("pupil_no", "kind", "on"),
        ),
    ),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
