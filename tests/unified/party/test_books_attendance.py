"""The workbook of attendance at meetings: in, out, again, and against what was done by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.booking import named, outcomes, reading
from tests.unified.party.hall import Hall, hall
from tests.unified.party.meeting import DAY, held, vote
from xuequ.core.errors import ImportConflict, Problems
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.core.workbook import Reading
from xuequ.exchange import read_workbook, write_workbook
from xuequ.registry.models.staff import Staff
from xuequ.unified.party.models.members import Member
from xuequ.unified.party.schemas.books.attendance import AttendanceRow, MeetingRow
from xuequ.unified.party.schemas.meetings import AttendanceMark, Voiding
from xuequ.unified.party.states.meetings import Mark, MeetingKind
from xuequ.unified.party.templates.attendance import MEETING_ATTENDANCE as BOOK

K = MeetingKind


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session)


def numbers(stand: Hall) -> list[str]:
    """Return the staff numbers of the full members, in their order."""
    query = select(Member.id, Staff.staff_no).join(Staff, Staff.person_id == Member.person_id)
    by_id = {row[0]: row[1] for row in stand.session.execute(query)}
    return [by_id[one] for one in stand.full]


def meeting(number: str = "DH1", **more: Any) -> MeetingRow:
    values: dict[str, Any] = {"kind": K.BRANCH, "planned_on": DAY, "topic": "党员大会", "held_on": DAY}
    values |= {"agenda": "学习"} | more
    return MeetingRow(number=number, **values)


def came(staff_no: str, mark: Mark = Mark.PRESENT, number: str = "DH1", **more: Any) -> AttendanceRow:
    return AttendanceRow(number=number, staff_no=staff_no, mark=mark, **more)


def take(stand: Hall, decision: Decision = Decision.ASK, /, **rows: Iterable[Command]) -> Plan:
    return stand.door.party.books.take(reading(BOOK, **rows), decision)


def plan(stand: Hall, decision: Decision = Decision.ASK, /, **rows: Iterable[Command]) -> Plan:
    return stand.door.party.books.plan(reading(BOOK, **rows), decision)


def exported(stand: Hall) -> Reading:
    export = stand.door.party.books.export(BOOK.name)
    book = reading(BOOK, **export.rows)
    book.base = export.base
    return book


def marks(stand: Hall) -> dict[int, Mark]:
    (one,) = stand.door.party.meetings.meetings(date(2026, 1, 1), date(2027, 1, 1))
    return {line.member_id: line.mark for line in stand.door.party.meetings.meeting(one.id).roll}


def rows_of_file(stand: Hall) -> dict[str, list[Command]]:
    first, second, third, *_ = numbers(stand)
    leave: dict[str, Any] = {"excused_on": date(2026, 10, 14), "reason": "住院"}
    return {
        "meetings": [
            meeting(),
            meeting("ZT", kind=K.THEME_DAY),
            meeting("XZ", kind=K.GROUP, group="第一党小组", within="ZT", host=first),
            meeting("TX", kind=K.TALK, between=f"{second}、{first}", agenda="谈心"),
            meeting("P", held_on=None, agenda="", planned_on=date(2026, 12, 1)),
        ],
        "attendance": [came(first), came(second), came(third, Mark.EXCUSED, **leave)],
    }


def test_a_file_plans_holds_and_marks(stand: Hall) -> None:
    take(stand, meetings=[meeting()], attendance=rows_of_file(stand)["attendance"])
    said = marks(stand)
    assert [said[one] for one in stand.full[:4]] == [Mark.PRESENT, Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT]
    assert len(said) == 9


def test_the_same_file_again_changes_nothing_and_an_export_reads_back(stand: Hall) -> None:
    rows = rows_of_file(stand)
    assert outcomes(take(stand, **rows)) == {Outcome.ADDED: 8}
    assert take(stand, **rows).changes_nothing
    back = stand.door.party.books.plan(exported(stand))
    assert back.changes_nothing and back.problems == ()
    assert back.count(Outcome.UNCHANGED) == 8


def test_an_export_sets_up_another_branch_and_goes_through_a_real_file(stand: Hall, tmp_path: Path) -> None:
    take(stand, **rows_of_file(stand))
    export = stand.door.party.books.export(BOOK.name)
    write_workbook(tmp_path / "a.xlsx", BOOK, export.rows)
    back = read_workbook(tmp_path / "a.xlsx", BOOK)
    assert back.problems == ()
    assert stand.door.party.books.plan(back).changes_nothing
    standing = stand.door.party.meetings.meetings(date(2026, 1, 1), date(2027, 1, 1))
    for one in sorted(standing, key=lambda one: one.within_id is None):
        stand.door.party.meetings.void(one.id, Voiding(reason="重做"))
    stand.door.party.books.take(back)
    assert stand.door.party.books.plan(back).changes_nothing


def test_a_planned_meeting_is_held_by_a_later_file(stand: Hall) -> None:
    take(stand, meetings=[meeting(held_on=None, agenda="")])
    done = take(stand, meetings=[meeting()], attendance=[came(numbers(stand)[0])])
    assert outcomes(done) == {Outcome.ADDED: 1, Outcome.CHANGED: 1}
    assert marks(stand)[stand.full[0]] is Mark.PRESENT


def test_bad_rows_are_each_named_and_nothing_of_the_file_stays(stand: Hall) -> None:
    first, second, *_ = numbers(stand)
    late: dict[str, Any] = {"excused_on": date(2026, 10, 16), "reason": "住院"}
    rows: dict[str, list[Command]] = {
        "meetings": [
            meeting(),
            meeting("G", kind=K.GROUP, group="无此组"),
            meeting("A", held_on=date(2027, 1, 1)),
        ],
        "attendance": [
            came(first),
            came("nobody"),
            came(second, Mark.EXCUSED, **late),
            came(first, number="没有"),
        ],
    }
    found = plan(stand, **rows)
    assert named(found) == [
        ("会议", 3, "党小组", "party.group_unknown"),
        ("会议", 4, "召开日期", "party.meeting_ahead"),
        ("到会情况", 3, "工号", "registry.staff_unknown"),
        ("到会情况", 4, "请假批准日期", "party.excused_too_late"),
        ("到会情况", 5, "会议编号", "party.meeting_unknown"),
    ]
    with pytest.raises(Problems):
        take(stand, **rows)
    assert stand.door.party.meetings.meetings(date(2026, 1, 1), date(2028, 1, 1)) == []


def test_what_was_called_otherwise_is_not_changed_by_a_file(stand: Hall) -> None:
    take(stand, meetings=[meeting()])
    found = plan(stand, meetings=[meeting(topic="另一个主题")])
    assert named(found) == [("会议", 2, "主题", "core.column_fixed")]


def test_a_mark_set_right_by_hand_is_kept_against_the_same_file(stand: Hall) -> None:
    first = numbers(stand)[0]
    rows: dict[str, list[Command]] = {"meetings": [meeting()], "attendance": [came(first)]}
    take(stand, **rows)
    (one,) = stand.door.party.meetings.meetings(date(2026, 1, 1), date(2027, 1, 1))
    by_hand = AttendanceMark(meeting_id=one.id, member_id=stand.full[0], mark=Mark.ABSENT)
    stand.door.party.meetings.mark_attendance([by_hand])
    kept = take(stand, **rows)
    assert kept.count(Outcome.KEPT) == 1 and marks(stand)[stand.full[0]] is Mark.ABSENT


def test_a_file_that_says_something_new_of_it_is_asked_about(stand: Hall) -> None:
    first = numbers(stand)[0]
    take(stand, meetings=[meeting()], attendance=[came(first)])
    (one,) = stand.door.party.meetings.meetings(date(2026, 1, 1), date(2027, 1, 1))
    by_hand = AttendanceMark(meeting_id=one.id, member_id=stand.full[0], mark=Mark.ABSENT)
    stand.door.party.meetings.mark_attendance([by_hand])
    new = came(first, Mark.EXCUSED, excused_on=DAY, reason="出差")
    found = plan(stand, attendance=[new])
    assert {type(problem.error) for problem in found.problems} == {ImportConflict}
    take(stand, Decision.REGISTERED, attendance=[new])
    assert marks(stand)[stand.full[0]] is Mark.ABSENT
    take(stand, Decision.FILE, attendance=[new])
    assert marks(stand)[stand.full[0]] is Mark.EXCUSED


def test_a_file_does_not_change_attendance_under_a_vote(stand: Hall) -> None:
    made = held(stand, stand.full, number="DH1")
    vote(stand.door, made.id, 8)
    found = plan(stand, Decision.FILE, attendance=[came(numbers(stand)[0], Mark.ABSENT)])
    assert [problem.error.code for problem in found.problems] == ["party.something_decided"]
