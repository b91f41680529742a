"""The workbooks of the duty roster and of drills."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.states.calendar import DayHalf
from xuequ.registry.templates.columns import NAME, SCHOOL, STAFF_NO
from xuequ.unified.leadership.schemas.books.duties import DrillRow, DutyRow
from xuequ.unified.leadership.states.duties import DutyRole
from xuequ.unified.leadership.states.safety import DrillKind

_SCHOOL = replace(SCHOOL, blamed=(*SCHOOL.blamed, "core.action_not_permitted"))

DUTY = Template(
    name="leadership.duty",
    title="值班表",
    sheets=(
        Sheet(
            "duty",
            "值班",
            DutyRow,
            (
                _SCHOOL,
                Column("日期", "day", Kind.DAY),
                Column("半天", "half", codes=DayHalf, note="全天值班的上午、下午各填一行"),
                replace(
                    STAFF_NO,
                    blamed=(
                        "registry.staff_unknown",
                        "leadership.not_at_work_here",
                        "leadership.duty_on_leave",
                        "leadership.on_duty_already",
                    ),
                    note="当日在该校任教的人",
                ),
                NAME,
                Column("职责", "role", codes=DutyRole, required=False, note="不填即值班"),
            ),
            key=("school", "day", "half", "staff_no"),
        ),
    ),
    part="leadership.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)

DRILLS = Template(
    name="leadership.drills",
    title="演练台账",
    sheets=(
        Sheet(
            "drills",
            "演练",
            DrillRow,
            (
                _SCHOOL,
                Column("类别", "kind", codes=DrillKind, blamed=("leadership.drill_known",)),
                Column("日期", "held_on", Kind.DAY, blamed=("leadership.day_ahead",)),
                Column("参加人数", "participants", Kind.WHOLE),
                Column("用时（分钟）", "minutes", Kind.WHOLE),
                Column("存在问题", "problems", required=False, note="没有的不填"),
            ),
            key=("school", "kind", "held_on"),
        ),
    ),
    part="leadership.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
