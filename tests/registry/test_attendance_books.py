"""Daily workbooks of attendance: filled in, read, planned, recorded; and the same file changes nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.registry.attendance_doors import (
    AM,
    MONDAY,
    PLACE,
    PM,
    acting,
    become,
    call,
    class_of,
    evening,
    marks,
    pupils,
    statements,
)
from xuequ import District, Post
from xuequ.core.errors import ActionNotPermitted, Problems, RowTwice, Stale
from xuequ.core.plan import Outcome, Plan
from xuequ.core.source import Source
from xuequ.core.workbook import Template
from xuequ.exchange import apply_file, plan_file, write_workbook
from xuequ.registry.errors.attendance import (
    CorrectionNeedsReason,
    DueDiffers,
    HeadsDiffer,
    HeadsMissing,
    NoSchoolThen,
    NotListed,
    RollAhead,
)
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.models.attendance import Roll
from xuequ.registry.schemas.attendance import StaffMark, StaffRollCall
from xuequ.registry.states.attendance import PupilAttendance, StaffAttendance
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.templates import PUPIL_ATTENDANCE, STAFF_ATTENDANCE
from xuequ.testing import make_district

SICK = PupilAttendance.SICK


@pytest.fixture
def door(session: Session) -> District:
    """Two schools of three pupils and two teachers each, in the evening of a Monday."""
    return evening(make_district(session, PLACE), MONDAY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "day.xlsx"


def fill_in(
    door: District, file: Path, template: Template = PUPIL_ATTENDANCE, school: str = "s1", **cells: Any
) -> Path:
    """Write the workbook of a school's day, and fill cells in by ``sheet heading row``: value."""
    services: dict[str, Any] = {
        PUPIL_ATTENDANCE.name: door.registry.attendance,
        STAFF_ATTENDANCE.name: door.registry.staff_attendance,
    }
    write_workbook(file, template, services[template.name].day_rows(school))
    return change(file, **cells)


def change(file: Path, **cells: Any) -> Path:
    """Change cells, named like ``roll_上午实到`` or ``people2_上午``: the sheet, the line, the heading."""
    book: Any = openpyxl.load_workbook(file)
    for name, value in cells.items():
        where, _, heading = name.partition("_")
        sheet = book.worksheets[1 if where.startswith("roll") else 2]  # after the guide
        headings = [str(cell.value).lstrip("＊") for cell in sheet[1]]
        line = int(where.removeprefix("roll").removeprefix("people") or 1) + 1
        sheet.cell(line, headings.index(heading) + 1).value = value
    book.save(file)
    return file


def plan(door: District, file: Path, template: Template = PUPIL_ATTENDANCE) -> Plan:
    return plan_file(door, file, template)


def kinds(found: Plan) -> list[type[Exception]]:
    return [type(problem.error) for problem in found.problems]


def rolls(door: District) -> int:
    return door.context.session.scalar(select(func.count()).select_from(Roll)) or 0


def test_a_days_workbook_is_filled_in_and_recorded(door: District, file: Path) -> None:
    fill_in(door, file, roll_上午实到=2, roll_下午实到=3, people2_上午="病假", people1_下午="迟到")
    found = plan(door, file)
    assert found.problems == ()
    assert (found.count(Outcome.ADDED, "rolls"), found.count(Outcome.ADDED, "people")) == (1, 2)
    apply_file(door, file, PUPIL_ATTENDANCE)
    attendance = door.registry.attendance
    morning = attendance.roll(class_of(door), MONDAY, AM)
    assert (morning.present, morning.exceptions) == (2, marks(SICK, pupils(door)[1]))
    assert attendance.roll(morning.class_id, MONDAY, PM).present == 3


def test_the_same_file_twice_changes_nothing(door: District, file: Path) -> None:
    fill_in(door, file, roll_上午实到=2, people2_上午="病假")
    apply_file(door, file, PUPIL_ATTENDANCE)
    again = apply_file(door, file, PUPIL_ATTENDANCE)
    assert again.changes_nothing and rolls(door) == 1


def test_a_workbook_that_is_written_is_read_without_a_change(door: District, file: Path) -> None:
    first, second, _ = pupils(door)
    assert plan(door, fill_in(door, file)).changes_nothing
    call(door, MONDAY, AM, *marks(SICK, first), *marks(PupilAttendance.LATE, second))
    found = plan(door, fill_in(door, file))
    assert found.changes_nothing and found.problems == ()
    assert door.registry.attendance.present("s1").missing[0].half is PM


def test_an_empty_cell_is_present_only_where_somebody_counted(door: District, file: Path) -> None:
    found = plan(door, fill_in(door, file, people1_上午="病假"))
    assert kinds(found) == [HeadsMissing]
    assert found.problems[0].place is not None and found.problems[0].place.row == 2
    apply_file(door, fill_in(door, file), PUPIL_ATTENDANCE)
    assert rolls(door) == 0
    with pytest.raises(Problems):
        apply_file(door, fill_in(door, file, roll_上午实到=2), PUPIL_ATTENDANCE)
    assert kinds(plan(door, file)) == [HeadsDiffer]
    assert "实到应为 3 人，填的是 2 人" in plan(door, file).problems[0].text()


def test_a_called_roll_is_corrected_with_a_reason(door: District, file: Path) -> None:
    first, *_ = pupils(door)
    view = call(door, MONDAY, AM, *marks(PupilAttendance.TRUANT, first))
    assert kinds(plan(door, fill_in(door, file, people1_上午="病假"))) == [CorrectionNeedsReason]
    fill_in(door, file, people1_上午="病假", people2_上午="病假", roll_上午实到=1, roll_更正理由="补交假条")
    found = apply_file(door, file, PUPIL_ATTENDANCE)
    assert (found.count(Outcome.CHANGED, "people"), found.count(Outcome.CHANGED, "rolls")) == (2, 1)
    history = door.registry.attendance.roll_history(view.class_id, MONDAY, AM)
    assert [(one.edition, one.present, one.reason) for one in history] == [(1, 2, ""), (2, 1, "补交假条")]
    assert apply_file(door, file, PUPIL_ATTENDANCE).changes_nothing
    fill_in(door, file, people1_上午="到校", people2_上午="到校", roll_上午实到=3, roll_更正理由="录错日期")
    apply_file(door, file, PUPIL_ATTENDANCE)
    assert door.registry.attendance.roll(view.class_id, MONDAY, AM).exceptions == ()


def test_who_was_recorded_late_as_not_due_is_a_correction_too(door: District, file: Path) -> None:
    view = call(door, MONDAY, AM)
    fill_in(door, file)
    become(door, pupils(door)[0], PupilState.SUSPENDED, MONDAY)
    strangers = plan(door, file)
    assert kinds(strangers) == [NotListed], "the pupil is in the file and no longer due"
    fill_in(door, file, roll_上午实到=2, roll_更正理由="补办休学")
    apply_file(door, file, PUPIL_ATTENDANCE)
    assert door.registry.attendance.roll(view.class_id, MONDAY, AM).due == 2


def test_every_problem_is_named_with_its_line(door: District, file: Path) -> None:
    (stranger, *_) = pupils(door, "s2")
    number = door.registry.pupil(stranger).pupil_no
    fill_in(door, file, roll_上午实到=3, roll_应到=9, people3_学号=number)
    found = plan(door, file)
    assert {type(problem.error) for problem in found.problems} == {DueDiffers, NotListed}
    assert {(problem.place.sheet, problem.place.row) for problem in found.problems if problem.place} == {
        ("班级点名", 2),
        ("学生", 4),
    }
    assert kinds(plan(door, fill_in(door, file, roll_班号=7, roll_上午实到=3)))[0] is ClassUnknown
    twice = fill_in(door, file, roll_上午实到=3)
    first = door.registry.pupil(pupils(door)[0]).pupil_no
    assert kinds(plan(door, change(twice, people2_学号=first))) == [RowTwice]


def test_a_day_without_school_and_a_day_ahead_are_refused(door: District, file: Path) -> None:
    for day, error in ((MONDAY - timedelta(1), NoSchoolThen), (MONDAY + timedelta(1), RollAhead)):
        write_workbook(file, PUPIL_ATTENDANCE, door.registry.attendance.day_rows("s1", day))
        assert kinds(plan(door, change(file, roll_上午实到=3))) == [error]


def test_a_plan_over_rolls_that_have_changed_is_stale(door: District, file: Path) -> None:
    found = plan(door, fill_in(door, file, roll_上午实到=3))
    call(door, MONDAY, PM)
    with pytest.raises(Stale):
        door.registry.attendance.record_day(found)
    assert rolls(door) == 1


def test_a_teacher_records_the_own_school_and_corrects_nothing(door: District, file: Path) -> None:
    teacher = evening(door, MONDAY, acting(Post.TEACHER, f"{PLACE}/s1"))
    apply_file(teacher, fill_in(door, file, roll_上午实到=3), PUPIL_ATTENDANCE)
    fill_in(door, file, people1_上午="病假", roll_上午实到=2, roll_更正理由="补交假条")
    with pytest.raises(ActionNotPermitted):
        apply_file(teacher, file, PUPIL_ATTENDANCE)
    with pytest.raises(ActionNotPermitted):
        plan(teacher, fill_in(door, file, school="s2", roll_上午实到=3))


def test_a_workbook_of_staff_keeps_the_record_behind_a_leave(door: District, file: Path) -> None:
    rows = door.registry.staff_attendance.day_rows("s1")
    assert [row.model_dump()["staff_no"] for row in rows["people"]] == ["qianfeng-s1-T1", "qianfeng-s1-T2"]
    staff = door.registry.staff_attendance
    who = staff.month_ledger("s1", 2026, 9).lines[0].staff_id
    leave = StaffMark(staff_id=who, kind=StaffAttendance.ON_LEAVE, source=Source("leadership.leave", 7))
    staff.call_roll(StaffRollCall(school="s1", day=MONDAY, half=AM, exceptions=(leave,)))
    fill_in(
        door,
        file,
        STAFF_ATTENDANCE,
        roll_上午实到=0,
        roll_下午实到=2,
        roll_更正理由="漏记旷工",
        people2_上午="旷工",
    )
    apply_file(door, file, STAFF_ATTENDANCE)
    again = staff.roll("s1", MONDAY, AM)
    assert (again.edition, again.present, again.exceptions[0]) == (2, 0, leave)
    assert staff.roll("s1", MONDAY, PM).present == 2
    assert apply_file(door, file, STAFF_ATTENDANCE).changes_nothing
    change(file, roll_学校代码="s9")
    assert SchoolUnknown in kinds(plan(door, file, STAFF_ATTENDANCE))


def test_a_workbook_of_many_classes_takes_as_many_statements_as_one_of_few(
    session: Session, file: Path
) -> None:
    counted: list[int] = []
    for schools in (1, 25):
        door = evening(make_district(session, f"530921/d{schools}", schools=schools), MONDAY)
        rows: dict[str, list[Any]] = {"rolls": [], "people": []}
        for number in range(1, schools + 1):
            for name, some in door.registry.attendance.day_rows(f"s{number}").items():
                rows[name] += some
        write_workbook(file, PUPIL_ATTENDANCE, rows)
        change(file, **{f"roll{line}_上午实到": 3 for line in range(1, schools + 1)})
        found = plan(door, file)
        with statements(session) as sent:
            door.registry.attendance.record_day(found)
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 32
