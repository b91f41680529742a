"""The workbook of pupils' moves: acts, which a file takes once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.booking import exported, named, outcomes, planned, reading, taken
from tests.registry.roster import DASI, FIRST, class_id, door_on, make_county_of_two, pupil_ids
from tests.registry.test_service import counted
from xuequ.core.errors import ColumnFixed, Problems
from xuequ.core.plan import Decision, Outcome
from xuequ.district import District
from xuequ.registry.errors.pupils import ExtensionSpent
from xuequ.registry.schemas.books.moves import PupilMoveRow
from xuequ.registry.schemas.pupils import Suspension
from xuequ.registry.states.pupils import MoveKind, PupilState, Reason
from xuequ.registry.templates import PUPIL_MOVES

M = MoveKind
ON, LATER, TODAY = date(2026, 10, 12), date(2026, 11, 9), date(2026, 12, 7)
MARCH, MAY, JUNE = date(2027, 3, 1), date(2027, 5, 3), date(2027, 6, 1)


@pytest.fixture
def door(session: Session) -> District:
    make_county_of_two(session, pupils=6)
    return door_on(session, TODAY)


def move(pupil: int, kind: MoveKind, on: date = ON, school: str = "s1", **more: Any) -> PupilMoveRow:
    number = f"qianfeng-{school}-P{pupil}"
    return PupilMoveRow(school=school, pupil_no=number, kind=kind, on=on, **more)


OFFICE_LIST = (
    move(1, M.SUSPEND, planned_until=MARCH, reason=Reason.INJURY, remark="县医院证明"),
    move(2, M.CHANGE_CLASS, number=2),
    move(3, M.SUSPECT, absent_since=date(2026, 10, 8)),
    move(3, M.RETURN, LATER, remark="教师家访劝返"),
    move(4, M.SUSPECT, LATER, absent_since=date(2026, 10, 8)),
    move(4, M.DROP, LATER, remark="10月8日起三次家访，家长不同意返校"),
    move(5, M.LEAVE_COUNTY, outside="昆明市某小学", guardian_applied=True),
    move(1, M.ABROAD, school="s2"),
    move(2, M.DEATH, school="s2", name="生2"),
    move(3, M.SUSPEND, school="s2", planned_until=MARCH),
    move(3, M.RESUME, LATER, school="s2"),
)


def status(door: District, pupil: int, school: str = "s1") -> PupilState | None:
    (found,) = door.registry.people.search(f"qianfeng-{school}-P{pupil}")
    return door.registry.pupils.pupil_as_of(found.roles[0].record_id).status


def test_an_office_list_of_every_kind_is_taken_once(door: District) -> None:
    assert outcomes(taken(door, PUPIL_MOVES, moves=OFFICE_LIST)) == {Outcome.ADDED: len(OFFICE_LIST)}
    assert [status(door, pupil) for pupil in (1, 3, 4, 5)] == [
        PupilState.SUSPENDED,
        PupilState.REGISTERED,
        PupilState.DROPPED,
        PupilState.TRANSFERRED,
    ]
    again = taken(door, PUPIL_MOVES, moves=OFFICE_LIST)
    assert outcomes(again) == {Outcome.UNCHANGED: len(OFFICE_LIST)}


def test_an_export_lists_the_acts_and_reads_back_without_a_change(door: District) -> None:
    taken(door, PUPIL_MOVES, moves=OFFICE_LIST)
    book = exported(door, PUPIL_MOVES)
    listed = {(row.command.pupil_no, row.command.kind, row.command.on) for row in moves_of(book)}
    assert listed == {(row.pupil_no, row.kind, row.on) for row in OFFICE_LIST}
    assert outcomes(door.registry.books.plan(book)) == {Outcome.UNCHANGED: len(OFFICE_LIST)}
    assert len(moves_of(exported(door, PUPIL_MOVES, "s2"))) == 4


def moves_of(book: Any) -> tuple[Any, ...]:
    return tuple(book.rows["moves"])


def test_the_export_reaches_back_to_the_last_whole_school_year(session: Session, door: District) -> None:
    taken(door, PUPIL_MOVES, moves=OFFICE_LIST)
    later = door_on(session, date(2028, 8, 31))
    assert len(moves_of(exported(later, PUPIL_MOVES))) == len(OFFICE_LIST)
    assert moves_of(exported(door_on(session, date(2028, 9, 1)), PUPIL_MOVES)) == ()


def test_every_bad_row_is_named_and_nothing_is_written(door: District) -> None:
    rows = (
        move(1, M.SUSPEND, planned_until=date(2029, 3, 1)),
        move(2, M.CHANGE_CLASS, number=9),
        move(1, M.RESUME, LATER),
        move(3, M.SUSPEND, planned_until=MARCH),
        move(9, M.ABROAD),
        move(4, M.ABROAD, name="别人"),
        move(5, M.SUSPEND),
        PupilMoveRow(school="s2", pupil_no="qianfeng-s1-P6", kind=M.ABROAD, on=ON),
        move(6, M.ABROAD, school="s9"),
    )
    said = planned(door, PUPIL_MOVES, moves=rows)
    assert named(said) == [
        ("学生异动", 6, "学号", "registry.pupil_unknown"),
        ("学生异动", 7, "姓名", "registry.name_differs"),
        ("学生异动", 10, "学号", "registry.pupil_unknown"),
        ("学生异动", 2, "拟复学日期", "registry.suspension_too_long"),
        ("学生异动", 3, "班号", "registry.class_unknown"),
        ("学生异动", 8, "", "registry.move_incomplete"),
        ("学生异动", 9, "学号", "registry.not_of_school"),
    ]
    with pytest.raises(Problems):
        taken(door, PUPIL_MOVES, moves=rows)
    assert status(door, 3) is PupilState.REGISTERED


def test_a_later_end_of_a_suspension_puts_it_off_once(door: District) -> None:
    taken(door, PUPIL_MOVES, moves=[move(1, M.SUSPEND, planned_until=MARCH)])
    done = taken(door, PUPIL_MOVES, moves=[move(1, M.SUSPEND, planned_until=JUNE)])
    assert outcomes(done) == {Outcome.CHANGED: 1}
    (problem,) = planned(
        door, PUPIL_MOVES, moves=[move(1, M.SUSPEND, planned_until=date(2027, 7, 1))]
    ).problems
    assert isinstance(problem.error, ExtensionSpent)


def test_what_else_a_file_says_of_an_act_that_was_taken_is_refused(door: District) -> None:
    taken(door, PUPIL_MOVES, moves=OFFICE_LIST)
    other = [move(2, M.CHANGE_CLASS, number=1), move(3, M.RETURN, LATER, remark="另一说法")]
    said = planned(door, PUPIL_MOVES, moves=other)
    assert [type(problem.error) for problem in said.problems] == [ColumnFixed, ColumnFixed]
    assert [problem.place and problem.place.column for problem in said.problems] == ["班号", "备注"]


def test_what_was_put_off_by_hand_is_kept_and_a_new_day_is_a_conflict(door: District) -> None:
    first = [move(1, M.SUSPEND, planned_until=MARCH)]
    taken(door, PUPIL_MOVES, moves=first)
    door.registry.pupils.extend_suspension(pupil_ids(door)[0], MAY)
    assert outcomes(planned(door, PUPIL_MOVES, moves=first)) == {Outcome.KEPT: 1}
    new = [move(1, M.SUSPEND, planned_until=JUNE)]
    assert outcomes(planned(door, PUPIL_MOVES, moves=new))[Outcome.CONFLICT] == 1
    assert outcomes(planned(door, PUPIL_MOVES, Decision.REGISTERED, moves=new)) == {Outcome.KEPT: 1}
    (spent,) = planned(door, PUPIL_MOVES, Decision.FILE, moves=new).problems
    assert isinstance(spent.error, ExtensionSpent)


def test_acts_of_one_day_that_left_no_trace_between_are_not_taken_again(door: District) -> None:
    rows = [
        move(1, M.SUSPEND, planned_until=MARCH),
        move(1, M.RESUME, ON),
        move(2, M.SUSPECT, absent_since=date(2026, 10, 8)),
        move(2, M.RETURN, ON),
        move(3, M.SUSPEND, planned_until=MARCH),
        move(3, M.RESUME, LATER, number=2),
        move(4, M.CHANGE_CLASS, FIRST, number=2),
        move(5, M.SUSPEND, FIRST, planned_until=MARCH),
    ]
    taken(door, PUPIL_MOVES, moves=rows)
    assert outcomes(taken(door, PUPIL_MOVES, moves=rows)) == {Outcome.UNCHANGED: 8}


def test_what_was_done_by_hand_is_not_done_again_by_a_file(door: District, session: Session) -> None:
    one, two = pupil_ids(door)[:2]
    door.registry.pupils.suspend(one, Suspension(planned_until=MARCH), ON)
    door.registry.pupils.change_class(two, class_id(session, "s1", number=2), ON)
    rows = [move(1, M.SUSPEND, planned_until=MARCH), move(2, M.CHANGE_CLASS, number=2)]
    assert outcomes(planned(door, PUPIL_MOVES, moves=rows)) == {Outcome.UNCHANGED: 2}


def test_another_districts_pupils_are_unknown(door: District, session: Session) -> None:
    taken(door, PUPIL_MOVES, moves=OFFICE_LIST)
    dasi = door_on(session, TODAY, DASI)
    assert moves_of(exported(dasi, PUPIL_MOVES)) == ()
    (problem,) = planned(dasi, PUPIL_MOVES, moves=[move(6, M.ABROAD)]).problems
    assert problem.error.code == "registry.pupil_unknown"


def test_a_list_is_taken_in_few_statements(door: District, session: Session) -> None:
    few, many = ([move(p, M.SUSPEND, planned_until=MARCH) for p in range(1, most + 1)] for most in (1, 6))
    books = door.registry.books
    with counted(session) as one:
        books.plan(reading(PUPIL_MOVES, moves=few))
    with counted(session) as six:
        books.plan(reading(PUPIL_MOVES, moves=many))
    assert len(six) <= len(one) + 2
