"""The workbooks of a day's attendance.

A roll counts as called when the heads present are filled in, and they must be those due without those
who are marked away; so an empty cell beside somebody's name means present only where somebody counted.
"""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.attendance_books import ClassDay, PersonDay, PupilDay, SchoolDay, StaffDay
from xuequ.registry.states.attendance import PupilAttendance, StaffAttendance
from xuequ.registry.states.classes import Stage

_DAY = Column("日期", "day", Kind.DAY)
_HEADS = (
    Column("应到", "due", Kind.WHOLE, required=False, note="导出时填好，供核对"),
    Column("上午实到", "am", Kind.WHOLE, required=False, note="清点后填写；没有点名则留空"),
    Column("下午实到", "pm", Kind.WHOLE, required=False, note="清点后填写；没有点名则留空"),
    Column("更正理由", "reason", required=False, note="改动已点过的名时填写"),
)


def _person(
    title: str,
    command: type[PersonDay],
    number: tuple[str, str],
    kinds: type[PupilAttendance | StaffAttendance],
) -> Sheet:
    """Declare the sheet of those who are due."""
    heading, field = number
    note = f"在则留空；把已登记的改为在，选“{kinds.PRESENT.label}”"
    columns = (
        Column(heading, field),
        Column("姓名", "name", required=False),
        _DAY,
        Column("上午", "am", codes=kinds, required=False, note=note),
        Column("下午", "pm", codes=kinds, required=False, note=note),
    )
    return Sheet("people", title, command, columns, key=(field, "day"))


PUPIL_ATTENDANCE = Template(
    name="registry.pupil_attendance",
    title="学生每日考勤",
    sheets=(
        Sheet(
            "rolls",
            "班级点名",
            ClassDay,
            (
                Column("学校代码", "school"),
                _DAY,
                Column("学段", "stage", codes=Stage),
                Column("入学年份", "entry_year", Kind.WHOLE, note="秋季入学的公历年份"),
                Column("班号", "number", Kind.WHOLE),
                *_HEADS,
            ),
            key=("school", "day", "stage", "entry_year", "number"),
        ),
        _person("学生", PupilDay, ("学号", "pupil_no"), PupilAttendance),
    ),
    part="registry.attendance",
    plan="plan_day",
    apply="record_day",
    fill="day_rows",
)

STAFF_ATTENDANCE = Template(
    name="registry.staff_attendance",
    title="教职工每日考勤",
    sheets=(
        Sheet(
            "rolls",
            "学校签到",
            SchoolDay,
            (Column("学校代码", "school"), _DAY, *_HEADS),
            key=("school", "day"),
        ),
        _person("教职工", StaffDay, ("工号", "staff_no"), StaffAttendance),
    ),
    part="registry.staff_attendance",
    plan="plan_day",
    apply="record_day",
    fill="day_rows",
)
