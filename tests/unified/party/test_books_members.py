"""The workbook of members: out, in, changed by a file and by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.book_rows import errors, outcomes, places, reading
from tests.unified.party.hall import FOUNDED, FULL_ON, JOINED, PLACE, TODAY, hall
from xuequ import District
from xuequ.core.errors import ColumnFixed, ImportConflict, Problem
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.core.settings import FixedClock, Settings
from xuequ.exchange import plan_file
from xuequ.exchange.importing import export_file
from xuequ.registry.errors.people import NameDiffers
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.party.errors.members import (
    BranchTooSmall,
    FullDayMissing,
    GroupUnknown,
    MemberUnknown,
)
from xuequ.unified.party.schemas.books.members import BranchRow, GroupRow, LeaderRow, MemberRow, SeatRow
from xuequ.unified.party.states.members import MemberState, Office
from xuequ.unified.party.templates.members import MEMBERS

SEATED = date(2025, 6, 1)


def at(session: Session, day: date = TODAY) -> District:
    return District(session, PLACE, actor=MAKER, settings=Settings(clock=FixedClock.at(day)))


def take(door: District, decision: Decision = Decision.ASK, /, **rows: list[Any]) -> Plan:
    return door.party.books.take(reading(MEMBERS, **rows), decision)


def refused(door: District, **rows: list[Any]) -> list[Problem]:
    return list(door.party.books.plan(reading(MEMBERS, **rows)).problems)


def branch(**more: Any) -> BranchRow:
    values: dict[str, Any] = {"name": "前锋学区党支部", "superior": "镇党委", "since": FOUNDED}
    values |= {"full_members": 9, "authority": "镇党发〔2015〕7号"} | more
    return BranchRow(**values)


def member(number: int = 1, school: str = "s1", **more: Any) -> MemberRow:
    values: dict[str, Any] = {"state": MemberState.FULL, "joined_on": JOINED, "full_on": FULL_ON}
    return MemberRow(staff_no=f"qianfeng-{school}-T{number}", **values | more)


def seat(number: int, office: Office) -> SeatRow:
    return SeatRow(staff_no=f"qianfeng-s1-T{number}", office=office, since=SEATED, authority="选举结果")


def whole() -> dict[str, list[Any]]:
    return {
        "branch": [branch()],
        "groups": [GroupRow(name="第一党小组", since=FOUNDED, schools="s2、s1")],
        "members": [member(number, group="第一党小组") for number in range(1, 8)],
        "committee": [
            seat(1, Office.SECRETARY),
            seat(2, Office.ORGANISATION),
            seat(3, Office.PUBLICITY),
        ],
        "leaders": [LeaderRow(group="第一党小组", staff_no="qianfeng-s1-T4", since=SEATED)],
    }


@pytest.fixture
def bare(session: Session) -> District:
    make_district(session, schools=2, pupils=1, staff=8)
    return at(session)


def rows_of(door: District) -> dict[str, list[Command]]:
    return {name: list(rows) for name, rows in door.party.books.export("party.members").rows.items()}


def test_a_branch_under_way_is_set_up_by_one_file(bare: District) -> None:
    plan = take(bare, **whole())
    assert outcomes(plan) == {Outcome.ADDED: 13}
    assert len(bare.party.members.roster()) == 7
    assert [one.office for one in bare.party.members.committee()] == [
        Office.SECRETARY,
        Office.ORGANISATION,
        Office.PUBLICITY,
    ]
    (group,) = bare.party.members.groups()
    assert (group.schools, group.leader) == (("s1", "s2"), "师4")
    assert take(bare, **whole()).changes_nothing


def test_what_is_exported_reads_back_without_a_change(
    session: Session, bare: District, tmp_path: Path
) -> None:
    take(bare, **whole())
    assert take(bare, **rows_of(bare)).changes_nothing
    path = tmp_path / "党员花名册.xlsx"
    export_file(bare, path, MEMBERS)
    assert plan_file(bare, path, MEMBERS).changes_nothing


def test_an_export_sets_up_another_database(session: Session, tmp_path: Path) -> None:
    stand = hall(session)
    exported = rows_of(stand.door)
    make_district(session, "530922/qianfeng", schools=2, pupils=1, staff=6)
    settings = Settings(clock=FixedClock.at(TODAY))
    other = District(session, "530922/qianfeng", actor=MAKER, settings=settings)
    assert outcomes(take(other, **exported)) == {Outcome.ADDED: sum(map(len, exported.values()))}
    assert rows_of(other) == exported


def test_bad_rows_are_named_with_sheet_row_and_column(bare: District) -> None:
    take(bare, branch=[branch()])
    wrong = [member(1, full_on=None), member(9), member(2, group="无此组"), member(3, name="别人")]
    for row, error in zip(wrong, (FullDayMissing, StaffUnknown, GroupUnknown, NameDiffers), strict=True):
        problems = refused(bare, members=[row])
        assert errors(problems) == [error]
        assert places(problems)[0][:2] == ("党员", 2) and places(problems)[0][2]
    assert bare.party.members.roster() == []


def test_a_branch_that_is_too_small_is_refused_at_its_cell(bare: District) -> None:
    problems = refused(bare, branch=[branch(full_members=2)])
    assert errors(problems) == [BranchTooSmall] and places(problems) == [("党支部", 2, "正式党员数")]


def test_nobody_takes_a_seat_without_being_a_member(bare: District) -> None:
    rows = whole()
    rows["committee"].append(seat(8, Office.OTHER))
    assert errors(refused(bare, **rows)) == [MemberUnknown]


def test_a_file_changes_the_group_and_not_what_a_meeting_decides(session: Session) -> None:
    stand = hall(session)
    door = stand.door
    first = member(1, group="第二党小组")
    assert errors(refused(door, members=[first])) == [ImportConflict], "entered by hand"
    assert outcomes(take(door, Decision.FILE, members=[first])) == {Outcome.CHANGED: 1}
    changed = {one.id: one.group for one in door.party.members.roster()}
    assert changed[stand.full[0]] == "第二党小组"
    problems = refused(door, members=[member(1, full_on=date(2011, 7, 1))])
    assert errors(problems) == [ColumnFixed]


def test_what_was_decided_by_hand_is_kept_against_the_same_file(bare: District) -> None:
    rows = whole()
    rows["groups"].append(GroupRow(name="第二党小组", since=FOUNDED))
    take(bare, **rows)
    one = next(view for view in bare.party.members.roster() if view.staff_no == "qianfeng-s1-T7")
    second = next(group.id for group in bare.party.members.groups() if group.name == "第二党小组")
    bare.party.members.place_in_group(second, [one.id], TODAY)
    plan = take(bare, **rows)
    assert plan.count(Outcome.KEPT) == 1 and not plan.count(Outcome.CHANGED)
    groups = {view.id: view.group_id for view in bare.party.members.roster()}
    assert groups[one.id] == second
    rows["groups"].append(GroupRow(name="第三党小组", since=FOUNDED))
    rows["members"][6] = member(7, group="第三党小组")
    assert errors(refused(bare, **rows)) == [ImportConflict]
