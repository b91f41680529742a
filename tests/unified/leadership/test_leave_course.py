"""Leave as it goes on: extension, return, withdrawal, voiding, what was taken, ledgers and documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.registry.staffing import counted
from tests.reports.pages import Page
from tests.unified.leadership.leaves import (
    AM,
    CENTRAL,
    HEAD,
    OFFICE,
    PM,
    PRINCIPAL,
    SEP1,
    TEACHER,
    approve,
    ask,
    asking,
    at,
    facts,
    furnish,
    granted,
    halves,
    names,
    number,
    place,
    recorded,
    sep,
    staff_id,
)
from xuequ import District
from xuequ.core.document import Document
from xuequ.core.errors import ActionNotPermitted, IllegalTransition
from xuequ.core.halfdays import Half
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.models.calendar import ClosureRow
from xuequ.registry.schemas.calendar import ClosureCommand
from xuequ.registry.states.calendar import ClosureReason
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.leadership.documents import DOCUMENTS
from xuequ.unified.leadership.errors.leave import (
    ExtensionNotLater,
    ExtensionWaits,
    LeaveBegun,
    LeaveDecided,
    LeaveOverlaps,
    NotBackYet,
    NothingToTake,
    NotTheApprover,
    OwnLeave,
)
from xuequ.unified.leadership.models.leave import LeaveSlot
from xuequ.unified.leadership.schemas.leave import LeaveExtension
from xuequ.unified.leadership.states.leave import AskState, Ground, LeaveKind, LeaveState, Standing

LEAVE_DOCUMENTS = [one for one in DOCUMENTS if one.part == "leadership.leave"]


@pytest.fixture
def door(session: Session) -> District:
    return furnish(session)


def until(day: int, half: Half = PM) -> LeaveExtension:
    return LeaveExtension(last_day=sep(day), last_half=half, reason="未愈")


def taken(session: Session) -> list[list[int]]:
    return [said["half_days"] for _, said in facts(session, "taken")]


# extension


def test_an_extension_is_tested_on_the_whole(door: District) -> None:
    leave = granted(door, TEACHER, sep(3), AM, by=HEAD)
    waiting = at(door, sep(3), TEACHER).leadership.leave.extend(leave.id, until(3))
    assert (waiting.state, waiting.half_days, waiting.last_half) == (LeaveState.APPROVED, 2, AM)
    with pytest.raises(NotTheApprover):
        approve(door, HEAD, leave, sep(3))
    done = approve(door, PRINCIPAL, leave, sep(3))
    assert (done.half_days, done.last_half) == (2, PM)
    assert [(one.state, one.ground) for one in done.asks] == [
        (AskState.APPROVED, Ground.HEAD),
        (AskState.APPROVED, Ground.PRINCIPAL),
    ]
    assert names(door.context.session)[-3:] == [
        "leave_extension_requested",
        "leave_extended",
        "leave_approved",
    ]
    assert facts(door.context.session)[-1][1]["half_days"] == halves((3, AM), (3, PM))


def test_a_rejected_extension_leaves_what_was_approved(door: District) -> None:
    leave = granted(door, TEACHER, sep(3), AM, sep(3))
    views = at(door, sep(3), TEACHER).leadership.leave
    views.extend(leave.id, until(7))
    with pytest.raises(ExtensionWaits):
        views.extend(leave.id, until(8))
    after = at(door, sep(3), PRINCIPAL).leadership.leave.reject_leave(leave.id)
    assert (after.state, after.half_days, after.asks[1].state) == (LeaveState.APPROVED, 2, AskState.REJECTED)
    assert ask(door, TEACHER, sep(4)).half_days == 1
    with pytest.raises(LeaveDecided):
        approve(door, PRINCIPAL, leave, sep(3))


def test_an_extension_ends_later_is_worked_and_is_free(door: District) -> None:
    leave = granted(door, TEACHER, sep(3), AM, sep(4))
    ask(door, TEACHER, sep(8))
    views = at(door, sep(3), TEACHER).leadership.leave
    for wrong, last in ((ExtensionNotLater, 4), (NothingToTake, 6), (LeaveOverlaps, 8)):
        with pytest.raises(wrong):
            views.extend(leave.id, until(last))
    waiting = ask(door, "s2-T3", sep(3))
    with pytest.raises(IllegalTransition):
        at(door, SEP1, "s2-T3").leadership.leave.extend(waiting.id, until(4))


def test_an_extension_is_withdrawn_before_it_begins(door: District) -> None:
    leave = granted(door, TEACHER, sep(3), AM, sep(3))
    views = at(door, sep(3), TEACHER).leadership.leave
    views.extend(leave.id, until(4))
    back = views.withdraw(leave.id)
    assert (back.state, back.half_days, back.asks[1].state) == (LeaveState.APPROVED, 2, AskState.WITHDRAWN)
    views.extend(leave.id, until(4))
    with pytest.raises(LeaveBegun):
        at(door, sep(4), TEACHER).leadership.leave.withdraw(leave.id)
    assert [said["extension"] for _, said in facts(door.context.session, "withdrawn")] == [True]


# withdrawal and voiding


def test_what_has_not_begun_is_withdrawn_and_undone(door: District) -> None:
    asked, approved = ask(door, TEACHER, sep(3)), granted(door, TEACHER, sep(8))
    views = at(door, sep(2), TEACHER).leadership.leave
    assert views.withdraw(asked.id).standing is Standing.WITHDRAWN
    assert views.withdraw(approved.id).half_days == 0
    assert names(door.context.session)[-3:] == ["leave_withdrawn", "leave_withdrawn", "leave_cancelled"]
    with pytest.raises(IllegalTransition):
        views.withdraw(asked.id)
    with pytest.raises(LeaveDecided) as caught:
        approve(door, PRINCIPAL, asked)
    assert caught.value.state == "已撤回"


def test_what_has_begun_is_not_withdrawn(door: District) -> None:
    leave = granted(door, TEACHER, sep(3), PM)
    with pytest.raises(LeaveBegun):
        at(door, sep(3), TEACHER, 13).leadership.leave.withdraw(leave.id)
    with pytest.raises(LeaveBegun):
        at(door, sep(4), OFFICE).leadership.leave.withdraw(leave.id)
    assert at(door, sep(4), OFFICE).leadership.leave.withdraw(leave.id, sep(2)).half_days == 0


def test_a_void_leave_stays_in_the_ledger_with_its_reason(door: District) -> None:
    leave = granted(door, TEACHER, sep(3), AM, sep(3))
    at(door, sep(4)).leadership.leave.record_taken()
    office = at(door, sep(4), OFFICE).leadership.leave
    gone = office.cancel(leave.id, "登记错人")
    assert (gone.state, gone.half_days, gone.void_reason) == (LeaveState.CANCELLED, 0, "登记错人")
    assert names(door.context.session)[-2:] == ["leave_taken", "leave_cancelled"]
    (line,) = office.month_ledger(2026, 9).lines
    assert (line.state, line.days, line.remark) == (LeaveState.CANCELLED, Decimal(0), "作废：登记错人")
    assert office.leave_days(leave.staff_id, SEP1, sep(30)).days == 0
    with pytest.raises(IllegalTransition):
        office.cancel(leave.id, "再次")
    own = granted(door, OFFICE, sep(8))
    with pytest.raises(OwnLeave):
        office.cancel(own.id, "录错")


# return


def test_who_is_back_early_has_taken_only_what_lies_before(door: District) -> None:
    leave = granted(door, TEACHER, sep(2), AM, sep(4))
    with pytest.raises(OwnLeave):
        at(door, sep(4), PRINCIPAL).leadership.leave.register_return(_own_of_principal(door), sep(4))
    done = at(door, sep(3), HEAD).leadership.leave.register_return(leave.id, sep(3))
    assert (done.half_days, done.last_day, done.last_half, done.back_day) == (2, sep(2), PM, sep(3))
    assert facts(door.context.session, "shortened")[0][1]["back_at"] == halves((3, AM))[0]
    at(door, sep(5)).leadership.leave.record_taken()
    assert taken(door.context.session)[0] == halves((2, AM), (2, PM))
    with pytest.raises(IllegalTransition):
        at(door, sep(4), HEAD).leadership.leave.register_return(leave.id, sep(4))
    with pytest.raises(IllegalTransition):
        at(door, sep(4), TEACHER).leadership.leave.extend(leave.id, until(7))


def _own_of_principal(door: District) -> int:
    leave = ask(door, PRINCIPAL, sep(2))
    record = recorded(door, None, document="1号")
    return at(door, sep(2), OFFICE).leadership.leave.record_decision(leave.id, record).id


def test_a_return_that_is_registered_late_shortens_what_was_told(door: District) -> None:
    leave = granted(door, TEACHER, sep(2), AM, sep(4))
    views = at(door, sep(5)).leadership.leave
    views.record_taken()
    done = at(door, sep(5), HEAD).leadership.leave.register_return(leave.id, sep(3), PM)
    assert (done.half_days, done.taken) == (3, 3)
    assert views.record_taken().leaves == 0
    assert len(taken(door.context.session)) == 1


def test_nobody_is_back_before_the_leave_or_in_what_has_not_come(door: District) -> None:
    leave = granted(door, TEACHER, sep(2), AM, sep(4))
    head = at(door, sep(3), HEAD).leadership.leave
    for day, half in ((2, AM), (1, PM), (3, PM), (7, AM)):
        with pytest.raises(NotBackYet):
            head.register_return(leave.id, sep(day), half)
    with pytest.raises(IllegalTransition):
        head.register_return(ask(door, TEACHER, sep(8)).id, sep(3))
    with pytest.raises(ActionNotPermitted):
        at(door, sep(3), TEACHER).leadership.leave.register_return(leave.id, sep(3))


def test_an_extension_that_waits_is_over_with_the_leave(door: District) -> None:
    leave = granted(door, TEACHER, sep(2), AM, sep(3))
    at(door, sep(3), TEACHER).leadership.leave.extend(leave.id, until(8))
    done = at(door, sep(4), HEAD).leadership.leave.register_return(leave.id, sep(4))
    assert (done.state, done.half_days, done.asks[1].state) == (LeaveState.RETURNED, 4, AskState.WITHDRAWN)
    assert facts(door.context.session, "returned")[0][1]["overdue"] == 0


def test_who_is_not_back_stands_on_the_list_until_and_after_the_return(door: District) -> None:
    leave = granted(door, TEACHER, sep(2), AM, sep(4))
    half = granted(door, "s2-T3", sep(4), by=HEAD)
    assert at(door, sep(7), PRINCIPAL).leadership.leave.overdue().lines == ()
    (line,) = at(door, sep(8), PRINCIPAL, 13).leadership.leave.overdue("s2").lines
    assert (line.leave_id, line.half_days, line.days, line.back) == (leave.id, 3, Decimal("1.5"), "")
    assert half.id != line.leave_id  # half a day needs no return
    at(door, sep(9), OFFICE).leadership.leave.register_return(leave.id, sep(8), PM)
    (line,) = at(door, sep(20), PRINCIPAL).leadership.leave.overdue().lines
    assert (line.half_days, line.back) == (3, "2026-09-08 下午")
    assert facts(door.context.session, "returned")[0][1]["overdue"] == 3


def test_an_extension_afterwards_takes_the_half_days_off_the_list(door: District) -> None:
    leave = granted(door, TEACHER, sep(2), AM, sep(4))
    at(door, sep(8), HEAD).leadership.leave.extend(leave.id, until(7))
    approve(door, PRINCIPAL, leave, sep(8))
    assert at(door, sep(8), PRINCIPAL).leadership.leave.overdue().lines == ()
    at(door, sep(8), HEAD).leadership.leave.register_return(leave.id, sep(8))
    assert at(door, sep(20), PRINCIPAL).leadership.leave.overdue().lines == ()


# what was taken


def test_only_what_has_passed_is_taken_and_only_once(door: District) -> None:
    granted(door, TEACHER, sep(3), AM, sep(4))
    session = door.context.session
    assert taken(session) == []  # approval of what is to come writes none
    told = at(door, sep(3), hour=13).leadership.leave.record_taken()
    assert (told.leaves, told.half_days, told.until_half) == (1, 1, PM)
    assert at(door, sep(3), hour=13).leadership.leave.record_taken().half_days == 0
    assert at(door, sep(4), hour=13).leadership.leave.record_taken(sep(3)).half_days == 1
    assert at(door, sep(4), hour=13).leadership.leave.record_taken(date(2027, 1, 1)).half_days == 1
    assert at(door, sep(7)).leadership.leave.record_taken().half_days == 1
    assert taken(session) == [[half] for half in halves((3, AM), (3, PM), (4, AM), (4, PM))]


def test_what_is_registered_afterwards_is_taken_when_it_is_approved(door: District) -> None:
    late = ask(door, TEACHER, sep(2), AM, sep(3), day=sep(4), late_reason="急病")
    views = at(door, sep(4)).leadership.leave
    assert views.record_taken().leaves == 0
    approve(door, PRINCIPAL, late, sep(4))
    assert views.record_taken().half_days == 4


def test_a_school_that_was_closed_or_made_up_since_is_counted_as_it_was(door: District) -> None:
    leave = granted(door, TEACHER, sep(2), AM, sep(4))
    closure = ClosureCommand(first=sep(3), last=sep(3), reason=ClosureReason.WEATHER, school="s2")
    door.registry.calendar.announce_closure(closure)
    views = at(door, sep(7)).leadership.leave
    assert views.record_taken().half_days == 4
    assert taken(door.context.session) == [halves((2, AM), (2, PM), (4, AM), (4, PM))]
    assert views.leave(leave.id).half_days == 4
    opened = granted(door, CENTRAL, sep(8), AM, sep(9))
    other = ClosureCommand(first=sep(10), last=sep(10), reason=ClosureReason.WEATHER, school="s2")
    door.registry.calendar.announce_closure(other)
    shut = granted(door, "s2-T3", sep(10), AM, sep(11))
    assert (opened.half_days, shut.half_days) == (4, 2)
    door.context.session.execute(
        update(ClosureRow).where(ClosureRow.first_day == sep(10)).values(lifted_day=sep(10), lifted_half=0)
    )
    at(door, sep(14)).leadership.leave.record_taken()
    assert taken(door.context.session)[-1] == halves((10, AM), (10, PM), (11, AM), (11, PM))


def alone(door: District, day: date) -> District:
    """Open the door without what follows elsewhere, which each leave brings about by itself."""
    actor, here = door.context.actor, at(door, day).context
    return District(door.context.session, here.place, actor=actor, settings=here.settings, flows={})


def test_a_district_of_leaves_is_taken_in_a_number_of_statements_that_does_not_grow(door: District) -> None:
    for who in ("s2-T2", "s2-T3", "s3-T1"):
        granted(door, who, sep(3))
    with counted(door.context.session) as few:
        alone(door, sep(4)).leadership.leave.record_taken()
    for who in ("s2-T2", "s2-T3", "s3-T1", "s3-T2", "s3-T3", "s1-T3"):
        granted(door, who, sep(8))
    with counted(door.context.session) as many:
        alone(door, sep(9)).leadership.leave.record_taken()
    assert len(few) == len(many) <= 25


def test_half_days_are_of_the_school_where_somebody_worked_then(door: District) -> None:
    granted(door, TEACHER, sep(7), AM, sep(8))
    place(door, TEACHER, "s3", sep(8))
    at(door, sep(9)).leadership.leave.record_taken()
    ids = {one.code: str(one.id) for one in door.registry.schools()}
    [(_, said)] = facts(door.context.session, "taken")
    assert said["school_ids"] == [ids["s2"], ids["s2"], ids["s3"], ids["s3"]]
    views = at(door, sep(9), PRINCIPAL).leadership.leave
    assert [(one.school, one.days) for one in views.month_ledger(2026, 9).lines] == [
        ("s2完小", Decimal(1)),
        ("s3完小", Decimal(1)),
    ]


# figures and ledgers


def test_leave_days_are_counted_by_person_period_and_kind(door: District) -> None:
    granted(door, TEACHER, sep(3), AM, sep(4))
    granted(door, TEACHER, sep(8), PM, kind=LeaveKind.SICK)
    ask(door, TEACHER, sep(10))
    at(door, sep(4), hour=13).leadership.leave.record_taken()
    views = at(door, sep(4), HEAD, 13).leadership.leave
    who = staff_id(door, TEACHER)
    found = views.leave_days(who, sep(4), sep(30))
    assert [(one.kind, one.half_days, one.taken) for one in found.kinds] == [
        (LeaveKind.PERSONAL, 2, 1),
        (LeaveKind.SICK, 1, 0),
    ]
    assert (found.days, views.leave_days(who, SEP1, sep(30), LeaveKind.SICK).days) == (
        Decimal("1.5"),
        Decimal("0.5"),
    )


def test_a_leave_over_the_end_of_a_month_stands_in_both(door: District) -> None:
    granted(door, TEACHER, sep(30), PM, date(2026, 10, 8), AM)
    views = at(door, sep(30), PRINCIPAL).leadership.leave
    assert [views.month_ledger(2026, month).lines[0].days for month in (9, 10)] == [
        Decimal("0.5"),
        Decimal("0.5"),
    ]
    assert views.month_ledger(2026, 11).lines == ()
    assert views.month_ledger(2026, 9, "s1").lines == ()
    with pytest.raises(SchoolUnknown):
        views.month_ledger(2026, 9, "s9")


def test_a_head_sees_the_ledger_of_his_school_and_a_teacher_none(door: District) -> None:
    leave = ask(door, TEACHER, sep(3))
    head = at(door, SEP1, HEAD).leadership.leave
    assert [one.id for one in head.pending("s2")] == [leave.id]
    for school in (None, "s1"):
        with pytest.raises(ActionNotPermitted):
            head.month_ledger(2026, 9, school)
    with pytest.raises(ActionNotPermitted):
        at(door, SEP1, TEACHER).leadership.leave.month_ledger(2026, 9, "s2")


def test_facts_say_nothing_personal(door: District) -> None:
    granted(door, TEACHER, sep(3), by=HEAD, reason="阑尾炎手术", evidence="诊断证明")
    said = str(facts(door.context.session))
    assert not any(word in said for word in ("阑尾炎", "诊断", "师2", number(TEACHER)))


# documents

ARGUMENTS: dict[str, dict[str, Any]] = {"leadership.leave_ledger": {"year": 2026, "month": 9}}


def drawn(door: District, document: Document, folder: Path) -> tuple[Page, list[str]]:
    page = render(door, document, **ARGUMENTS.get(document.name, {}))
    write_xlsx(page, folder / "a.xlsx")
    sheets = openpyxl.load_workbook(folder / "a.xlsx")
    cells = [
        str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row if c.value is not None
    ]
    return Page(to_html(page)), cells


@pytest.mark.parametrize("document", LEAVE_DOCUMENTS, ids=lambda document: document.name)
def test_a_document_of_leave_is_drawn_in_both_formats(
    door: District, document: Document, tmp_path: Path
) -> None:
    page, _ = drawn(at(door, SEP1), document, tmp_path)
    assert "（无）" in page.within("td")
    granted(door, TEACHER, sep(3), by=HEAD, reason="<script>")
    granted(door, CENTRAL, sep(2), AM, sep(3))
    void = granted(door, "s3-T1", sep(2))
    at(door, SEP1, OFFICE).leadership.leave.cancel(void.id, "=1+1")
    page, cells = drawn(at(door, sep(7)), document, tmp_path)
    person = "师3" if document.name == "leadership.overdue_returns" else "师2"
    assert person in page.within("td") and person in cells
    assert not [cell for cell in cells if cell.startswith("=")]


def test_the_ledger_says_who_approved_and_what_was_not_reported(door: District, tmp_path: Path) -> None:
    granted(door, TEACHER, sep(3), by=HEAD)
    document = next(one for one in DOCUMENTS if one.name == "leadership.leave_ledger")
    page, cells = drawn(at(door, sep(7)), document, tmp_path)
    for text in ("学校负责人", "未报告", "2026-09-03 上午", "0.5"):
        assert text in page.within("td")
    assert "未报告" in cells


def test_released_half_days_are_kept(door: District) -> None:
    leave = granted(door, TEACHER, sep(3), AM, sep(3))
    at(door, SEP1, OFFICE).leadership.leave.cancel(leave.id, "录错")
    rows = door.context.session.scalars(select(LeaveSlot.released).where(LeaveSlot.leave_id == leave.id))
    assert list(rows) == ["cancelled", "cancelled"]
    again = at(door, SEP1, TEACHER).leadership.leave.request_leave(asking(door, TEACHER, sep(3)))
    assert again.half_days == 1
