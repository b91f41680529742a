"""The ledger of leave as a workbook: out and in, decided, extended, returned, voided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.booking import blamed, errors, outcomes, places, reading
from tests.unified.leadership.leaves import (
    AM,
    CENTRAL,
    HEAD,
    OFFICE,
    PM,
    PRINCIPAL,
    SEP1,
    TEACHER,
    ask,
    at,
    facts,
    furnish,
    granted,
    names,
    number,
    sep,
)
from xuequ import District
from xuequ.core.errors import (
    CellRequired,
    ColumnFixed,
    IllegalTransition,
    ImportConflict,
    Problem,
    Problems,
)
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.exchange import apply_file, plan_file, read_workbook, write_workbook
from xuequ.exchange.importing import export_file
from xuequ.registry.errors.people import NameDiffers
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.errors.leave import (
    LateReasonMissing,
    LeaveOverlaps,
    NothingToTake,
    NotTheApprover,
)
from xuequ.unified.leadership.schemas.books.leave import LeaveRow
from xuequ.unified.leadership.schemas.leave import LeaveExtension
from xuequ.unified.leadership.states.leave import LeaveKind, LeaveState
from xuequ.unified.leadership.templates.leave import LEAVE


@pytest.fixture
def door(session: Session) -> District:
    """A district as the office sees it in the evening of 30 September."""
    return at(furnish(session), sep(30), None, 18)


def row(who: str, first: int, last: int | None = None, **more: Any) -> LeaveRow:
    values: dict[str, Any] = {"kind": LeaveKind.PERSONAL, "asked_on": SEP1} | more
    return LeaveRow(staff_no=number(who), first_day=sep(first), last_day=sep(last or first), **values)


def approved(who: str, first: int, last: int | None = None, by: str = PRINCIPAL, **more: Any) -> LeaveRow:
    values: dict[str, Any] = {"state": LeaveState.APPROVED, "decided_on": sep(2)} | more
    return row(who, first, last, approver_no=number(by), **values)


def half(who: str, day: int, **more: Any) -> LeaveRow:
    return approved(who, day, by=HEAD, last_half=DayHalf.AM, **more)


def take(door: District, *rows: LeaveRow, decision: Decision = Decision.ASK) -> Plan:
    return door.leadership.books.take(reading(LEAVE, leaves=rows), decision)


def refused(door: District, *rows: LeaveRow) -> list[Problem]:
    return list(door.leadership.books.plan(reading(LEAVE, leaves=rows)).problems)


def states(door: District) -> list[LeaveState]:
    return [one.state for one in door.leadership.leave.ledger_of()]


def test_a_ledger_comes_in_with_all_that_became_of_its_leaves(door: District) -> None:
    rows = [
        half(TEACHER, 3, reported_on=sep(4), reason="家事"),
        approved(CENTRAL, 8, 9, state=LeaveState.RETURNED, back_day=sep(10)),
        row("s2-T3", 10),
        row("s3-T1", 10, state=LeaveState.WITHDRAWN),
        approved("s3-T2", 10, state=LeaveState.REJECTED),
        approved("s3-T3", 10, state=LeaveState.CANCELLED, void_reason="登记错人"),
        approved("s3-T3", 10, 11, turn=2),
        row(PRINCIPAL, 10, state=LeaveState.APPROVED, document="凤教〔2026〕9号", decided_on=sep(3)),
        row(HEAD, 14, asked_on=sep(15), late_reason="急病"),
    ]
    assert outcomes(take(door, *rows)) == {Outcome.ADDED: 9}
    assert sorted(states(door)) == sorted(
        [
            *(LeaveState.APPROVED, LeaveState.RETURNED, LeaveState.SUBMITTED, LeaveState.WITHDRAWN),
            *(LeaveState.REJECTED, LeaveState.CANCELLED, LeaveState.APPROVED, LeaveState.APPROVED),
            LeaveState.SUBMITTED,
        ]
    )
    before = len(names(door.context.session))
    again = take(door, *rows)
    assert again.changes_nothing and len(names(door.context.session)) == before


def test_an_export_reads_back_unchanged_and_sets_up_another_district(
    session: Session, door: District, tmp_path: Path
) -> None:
    granted(door, TEACHER, sep(3), by=HEAD)
    at(door, sep(4), HEAD).leadership.leave.report_to_principal(door.leadership.leave.ledger_of()[0].id)
    early = granted(door, CENTRAL, sep(8), AM, sep(11))
    at(door, sep(9), OFFICE, 14).leadership.leave.register_return(early.id, sep(9), PM)
    longer = granted(door, "s2-T3", sep(8), AM, sep(8))
    at(door, sep(8), HEAD).leadership.leave.extend(longer.id, LeaveExtension(last_day=sep(9)))
    at(door, sep(8), PRINCIPAL).leadership.leave.approve_leave(longer.id)
    void = granted(door, "s3-T1", sep(8))
    at(door, sep(8), OFFICE).leadership.leave.cancel(void.id, "录错")
    granted(door, "s3-T1", sep(8), AM, sep(9), day=sep(8))
    at(door, SEP1, "s3-T2").leadership.leave.withdraw(ask(door, "s3-T2", sep(14)).id)
    at(door, SEP1, PRINCIPAL).leadership.leave.reject_leave(ask(door, "s3-T3", sep(14)).id)
    ask(door, OFFICE, sep(14), PM)
    export_file(door, tmp_path / "out.xlsx", LEAVE)
    plan = plan_file(door, tmp_path / "out.xlsx", LEAVE)
    assert (plan.problems, outcomes(plan)) == ((), {Outcome.UNCHANGED: 8})
    rows = door.leadership.books.export(LEAVE.name).rows["leaves"]
    assert len(door.leadership.books.export(LEAVE.name, "s2").rows["leaves"]) == 2
    shown = [one.model_dump() for one in rows]
    session.rollback()
    other = at(furnish(session), sep(30), None, 18)
    apply_file(other, tmp_path / "out.xlsx", LEAVE)
    assert [one.model_dump() for one in other.leadership.books.export(LEAVE.name).rows["leaves"]] == shown


def test_a_file_decides_extends_and_ends_what_stands(door: District) -> None:
    take(door, row(TEACHER, 8), half("s2-T3", 3))
    assert outcomes(take(door, approved(TEACHER, 8), half("s2-T3", 3, reported_on=sep(4)))) == {
        Outcome.CHANGED: 2
    }
    extended = approved(TEACHER, 8, 10, decided_on=sep(8))
    assert outcomes(take(door, extended)) == {Outcome.CHANGED: 1}
    (leave,) = door.leadership.leave.ledger_of([number(TEACHER)])
    assert (leave.half_days, len(leave.asks)) == (6, 2)
    back = approved(TEACHER, 8, 10, decided_on=sep(8), state=LeaveState.RETURNED, back_day=sep(10))
    take(door, back)
    (leave,) = door.leadership.leave.ledger_of([number(TEACHER)])
    assert (leave.half_days, leave.last_day) == (4, sep(9))
    assert take(door, back).changes_nothing
    void = back.model_copy(
        update={"state": LeaveState.CANCELLED, "void_reason": "登记错人", "last_day": sep(9)}
    )
    take(door, void)
    assert facts(door.context.session, "cancelled")
    assert take(door, void).changes_nothing


def test_every_bad_row_is_named_and_nothing_of_the_file_stays(door: District, tmp_path: Path) -> None:
    rows = [
        approved(TEACHER, 8),
        row(TEACHER, 8, turn=2),
        approved("s2-T3", 8, by=HEAD),
        row("s3-T1", 5),
        row("s9-T1", 8),
        row("s3-T2", 8, name="王五"),
        row("s3-T3", 8, asked_on=sep(9)),
        approved("s3-T3", 14, state=LeaveState.CANCELLED),
        approved("s3-T3", 15, state=LeaveState.RETURNED),
        approved("s3-T3", 16, back_day=sep(17)),
    ]
    write_workbook(tmp_path / "a.xlsx", LEAVE, {"leaves": rows})
    sheet = "请假台账"
    assert blamed(plan_file(door, tmp_path / "a.xlsx", LEAVE).problems) == {
        (sheet, 3, "开始日期"): LeaveOverlaps,
        (sheet, 4, "审批人工号"): NotTheApprover,
        (sheet, 5, "开始日期"): NothingToTake,
        (sheet, 6, "工号"): StaffUnknown,
        (sheet, 7, "姓名"): NameDiffers,
        (sheet, 8, "补办原因"): LateReasonMissing,
        (sheet, 9, "作废原因"): CellRequired,
        (sheet, 10, "返岗日期"): CellRequired,
        (sheet, 11, "状态"): IllegalTransition,
    }
    with pytest.raises(Problems):
        apply_file(door, tmp_path / "a.xlsx", LEAVE)
    assert door.leadership.leave.ledger_of() == []


def test_a_file_does_not_change_who_decided_nor_what_was_asked(door: District) -> None:
    take(door, approved(TEACHER, 8))
    found = refused(door, approved(TEACHER, 8, by=HEAD))
    assert errors(found) == [ColumnFixed] and places(found)[0][2] == "审批人工号"
    found = refused(door, approved(TEACHER, 8, kind=LeaveKind.SICK))
    assert (errors(found), places(found)) == ([ColumnFixed], [("请假台账", 2, "假别")])
    found = refused(door, row(TEACHER, 8, state=LeaveState.SUBMITTED))
    assert errors(found) == [IllegalTransition]
    found = refused(door, approved(TEACHER, 8, last_half=DayHalf.AM))
    assert (errors(found), places(found)) == ([ColumnFixed], [("请假台账", 2, "结束半天")])


def test_what_a_hand_ended_is_kept_and_what_a_file_says_anew_is_asked_about(door: District) -> None:
    file = approved(TEACHER, 8, 10)
    take(door, file)
    (leave,) = door.leadership.leave.ledger_of()
    door.leadership.leave.register_return(leave.id, sep(9))
    assert outcomes(take(door, file)) == {Outcome.KEPT: 1}
    later = approved(TEACHER, 8, 14)
    assert set(errors(refused(door, later))) == {ImportConflict}
    assert outcomes(take(door, later, decision=Decision.REGISTERED)) == {Outcome.KEPT: 1}
    void = approved(TEACHER, 8, 8, state=LeaveState.CANCELLED, void_reason="录错", back_day=sep(9))
    assert set(errors(refused(door, void))) == {ImportConflict}
    take(door, void, decision=Decision.FILE)
    assert states(door) == [LeaveState.CANCELLED]


def test_rows_written_to_a_file_read_back_as_the_same_rows(tmp_path: Path) -> None:
    rows = [
        half(TEACHER, 3, reported_on=sep(4), reason="=1+1", evidence="证明"),
        approved(
            CENTRAL, 8, 9, state=LeaveState.RETURNED, back_day=sep(10), back_half=DayHalf.PM, document="文"
        ),
        row("s3-T3", 10, turn=2, late_reason="急", void_reason="错", name="师3"),
        row("s3-T3", 11).model_copy(update={"asked_on": None}),
    ]
    write_workbook(tmp_path / "a.xlsx", LEAVE, {"leaves": rows})
    read = read_workbook(tmp_path / "a.xlsx", LEAVE)
    assert [one.command for one in read.rows["leaves"]] == rows and not read.problems
