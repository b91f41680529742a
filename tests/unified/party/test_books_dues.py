"""The workbook of dues: taken in, given out, and nothing lost between; on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.registry.booking import named, outcomes, reading
from tests.unified.party.hall import ELSEWHERE, FULL_ON, JOINED, TODAY, Hall, hall
from tests.unified.party.treasury import (
    OPENED,
    OPENING,
    pay,
    paying,
    salaried,
    set_rule,
    treasury,
)
from xuequ import District, Money
from xuequ.core.errors import ColumnFixed, ImportConflict, Problems
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.exchange import apply_file, plan_file, read_workbook, write_csv, write_workbook
from xuequ.registry.models.pupils import Pupil
from xuequ.testing import make_district
from xuequ.unified.party.errors.members import BranchMissing
from xuequ.unified.party.models.dues import DuesBase
from xuequ.unified.party.schemas.books.dues import BaseRow, CarriedRow, PaymentRow, ReductionRow
from xuequ.unified.party.schemas.dues import Carrying, LedgerOpening, Reducing
from xuequ.unified.party.schemas.members import MemberEntry
from xuequ.unified.party.states.dues import DuesCategory
from xuequ.unified.party.states.members import MemberState
from xuequ.unified.party.templates.dues import DUES

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def number(index: int, district: str = "qianfeng") -> str:
    """Return the number of staff of one of the first members."""
    return f"{district}-s{1 + index // 3}-T{1 + index % 3}"


def base(index: int = 0, pay: str = "5010", since: date = OPENED, **more: Any) -> BaseRow:
    values: dict[str, Any] = {"category": DuesCategory.SALARIED, "post_wage": Decimal(pay)} | more
    return BaseRow(staff_no=number(index), since=since, **values)


def payment(receipt: str, index: int = 0, first: date | None = OCTOBER, **more: Any) -> PaymentRow:
    values: dict[str, Any] = {"amount": Decimal("75.20"), "paid_on": date(2026, 10, 9), "last": first} | more
    return PaymentRow(receipt=receipt, staff_no=number(index), first=first, **values)


def reduction(index: int = 1, **more: Any) -> ReductionRow:
    values: dict[str, Any] = {"amount": Decimal(0), "studied_on": OPENED, "approver": "镇党委"}
    values |= {"since": OCTOBER, "last": NOVEMBER, "document": "批复1号"} | more
    return ReductionRow(staff_no=number(index), **values)


def whole() -> dict[str, list[Command]]:
    """Return a ledger with a history: a rise, a retirement, an exemption, a voided receipt, a great gift."""
    return {
        "bases": [
            base(0, grade_wage=Decimal(0), income_tax=Decimal("10.50")),
            base(0, "6000", date(2026, 7, 1), reason="支委会决定"),
            base(1),
            base(2, since=OPENED, category=DuesCategory.RETIRED, post_wage=None, pension=Decimal(4800)),
        ],
        "reductions": [reduction()],
        "carried": [CarriedRow(staff_no=number(2), through=date(2026, 8, 1), source="介绍信")],
        "payments": [
            payment("1", 0, amount=Decimal(100), received_by="李委员"),
            payment("2", 2, date(2026, 9, 1), amount=Decimal(75)),
            payment("3", 2, date(2026, 9, 1), last=OCTOBER, amount=Decimal(48), proxy="女儿", consent="纪要"),
            payment("4", 1, None, amount=Decimal(2000)),
        ],
    }


@pytest.fixture
def empty(session: Session) -> Hall:
    """A branch of four with a ledger, and nobody's base."""
    made = hall(session, full=4, committee=0, probationary=0, spare=1)
    prepare(made)
    return made


def prepare(made: Hall) -> None:
    set_rule(made.door, "party.dues.rounding", "jiao")
    opening = LedgerOpening(since=OPENED, balance=OPENING, authority="账簿")
    made.door.party.dues.open_ledger(opening)


def taken(door: District, decision: Decision = Decision.ASK, /, **rows: list[Any]) -> Plan:
    return door.party.books.take(reading(DUES, **rows), decision)


def planned(door: District, decision: Decision = Decision.ASK, /, **rows: list[Any]) -> Plan:
    return door.party.books.plan(reading(DUES, **rows), decision)


def read_back(door: District) -> Plan:
    """Plan an export as if it had been read back."""
    export = door.party.books.export(DUES.name)
    book = reading(DUES, **export.rows)
    book.base = export.base
    return door.party.books.plan(book)


def voided(rows: dict[str, list[Command]], receipt: str) -> dict[str, list[Command]]:
    """Return rows of which one payment is voided."""
    gone = {"voided_on": date(2026, 10, 20), "void_reason": "金额录错"}
    payments = [
        row.model_copy(update=gone) if getattr(row, "receipt", "") == receipt else row
        for row in rows["payments"]
    ]
    return rows | {"payments": payments}


def history() -> dict[str, list[Command]]:
    """Return the whole with its second receipt voided: the third is of the same month."""
    return voided(whole(), "2")


def test_a_ledger_with_its_history_is_taken_in_at_once(empty: Hall) -> None:
    plan = taken(empty.door, **history())
    assert outcomes(plan) == {Outcome.ADDED: 10}
    dues = empty.door.party.dues
    view = dues.ledger()
    assert (view.received, view.centre_received) == (Money.yuan(148), Money.yuan(2000))
    assert sorted((one.receipt, one.due, one.extra) for one in dues.payments()) == [
        ("1", Money.yuan(90), Money.yuan(10)),
        ("2", Money.yuan(24), Money.yuan(51)),
        ("3", Money.yuan(48), Money(0)),
        ("4", Money(0), Money.yuan(2000)),
    ]
    assert [one.receipt for one in dues.payments() if one.voided_on] == ["2"]
    assert {line.m10 for line in dues.ledger_sheet(2026).lines} == {"90.00", "24.00", "未核定"}


def test_the_same_rows_again_and_an_export_change_nothing(empty: Hall) -> None:
    taken(empty.door, **history())
    again = planned(empty.door, **history())
    assert again.changes_nothing and set(outcomes(again)) == {Outcome.UNCHANGED}
    back = read_back(empty.door)
    assert back.problems == () and outcomes(back) == {Outcome.UNCHANGED: 10}


def test_an_export_sets_up_another_district(empty: Hall, session: Session) -> None:
    taken(empty.door, **history())
    rows = empty.door.party.books.export(DUES.name).rows
    other = hall(session, ELSEWHERE, full=4, committee=0, probationary=0, spare=1)
    prepare(other)
    moved = {
        sheet: [
            row.model_copy(
                update={"staff_no": row.staff_no.replace("qianfeng", "dasi"), "name": None}  # type: ignore[attr-defined]
            )
            for row in some
        ]
        for sheet, some in rows.items()
    }
    taken(other.door, **moved)
    ours, theirs = (made.door.party.dues.ledger() for made in (empty, other))
    assert ours.model_dump(exclude={"branch_id"}) == theirs.model_dump(exclude={"branch_id"})


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_is_read_as_it_was_written(empty: Hall, tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("dues.xlsx" if kind == "xlsx" else "dues")
    (write_workbook if kind == "xlsx" else write_csv)(path, DUES, history())
    if kind == "xlsx":
        found = read_workbook(path, DUES)
        assert {name: [row.command for row in rows] for name, rows in found.rows.items()} == history()
    plan = plan_file(empty.door, path, DUES)
    assert plan.problems == () and plan.count(Outcome.ADDED) == 10
    apply_file(empty.door, path, DUES)
    assert len(empty.door.party.dues.payments()) == 4


def test_bad_rows_are_named_each_with_its_cell_and_nothing_is_in(empty: Hall) -> None:
    rows: dict[str, list[Any]] = {
        "bases": [base(0), base(1, post_wage=None), base(9)],
        "reductions": [reduction(0, last=date(2026, 9, 1))],
        "payments": [
            payment("1"),
            payment("2"),
            payment("3", 0, NOVEMBER, amount=Decimal(75), paid_on=TODAY),
            payment("4", 0, date(2026, 3, 1)),
            payment("5", 0, None, paid_on=date(2026, 11, 3)),
            payment("6", 0, None, void_reason="错"),
            payment("7", 0, None, name="别人"),
        ],
    }
    with pytest.raises(Problems) as refused:
        taken(empty.door, **rows)
    problems = Plan(template=DUES, rows=(), problems=refused.value.problems, fingerprint="")
    assert sorted(named(problems)) == [
        ("党费减免", 2, "终止月份", "party.dues_months_backwards"),
        ("党费基数", 3, "党费类别", "party.dues_pay_missing"),
        ("党费基数", 4, "工号", "party.member_unknown"),
        ("党费收缴", 3, "起始月份", "party.dues_month_paid"),
        ("党费收缴", 4, "金额", "party.dues_short"),
        ("党费收缴", 5, "起始月份", "party.dues_back_payment_too_long"),
        ("党费收缴", 6, "交纳日期", "party.dues_paid_ahead"),
        ("党费收缴", 7, "作废日期", "core.cell_required"),
        ("党费收缴", 8, "姓名", "registry.name_differs"),
    ]
    assert empty.door.party.dues.payments() == [] and empty.door.party.dues.bases() == []


def test_a_file_voids_a_payment_and_changes_nothing_else_of_it(empty: Hall) -> None:
    taken(empty.door, bases=[base(0)], payments=[payment("1", amount=Decimal(100))])
    taken(empty.door, payments=[payment("1", amount=Decimal(100), voided_on=TODAY, void_reason="录错")])
    assert empty.door.party.dues.ledger().received == Money(0)
    plan = planned(empty.door, payments=[payment("1", amount=Decimal(90))])
    assert [type(one.error) for one in plan.problems] == [ColumnFixed]


def test_a_reduction_ends_earlier_by_a_file_and_never_later(empty: Hall) -> None:
    taken(empty.door, bases=[base(1)], reductions=[reduction()])
    taken(empty.door, reductions=[reduction(last=OCTOBER)])
    (view,) = empty.door.party.dues.reductions()
    assert view.last == OCTOBER
    plan = planned(empty.door, reductions=[reduction(last=date(2026, 12, 1))])
    assert named(plan) == [("党费减免", 2, "终止月份", "party.dues_reduction_over")]


def by_hand(made: Hall, pay: Money) -> None:
    made.door.party.dues.set_bases([salaried(made.full[0], pay)])


def test_what_was_put_right_by_hand_is_kept_against_the_same_file(empty: Hall) -> None:
    taken(empty.door, bases=[base(0)])
    by_hand(empty, Money.yuan(7000))
    plan = planned(empty.door, bases=[base(0)])
    assert outcomes(plan) == {Outcome.KEPT: 1} and plan.changes_nothing


@pytest.mark.parametrize(("decision", "stands"), [(Decision.FILE, 6000), (Decision.REGISTERED, 7000)])
def test_a_file_that_says_something_new_of_it_is_a_conflict(
    empty: Hall, decision: Decision, stands: int
) -> None:
    taken(empty.door, bases=[base(0)])
    by_hand(empty, Money.yuan(7000))
    plan = planned(empty.door, bases=[base(0, "6000")])
    assert [type(one.error) for one in plan.problems] == [ImportConflict]
    taken(empty.door, decision, bases=[base(0, "6000")])
    (view,) = empty.door.party.dues.bases()
    assert view.base == Money.yuan(stands)


def test_a_base_put_right_by_a_file_is_a_new_version(empty: Hall) -> None:
    taken(empty.door, bases=[base(0)])
    plan = taken(empty.door, bases=[base(0, "6000")])
    assert outcomes(plan) == {Outcome.CHANGED: 1}
    (view,) = empty.door.party.dues.bases()
    assert view.base == Money.yuan(6000)
    assert empty.session.scalar(select(func.count()).select_from(DuesBase)) == 2


def test_who_has_no_number_of_staff_is_in_no_file(session: Session) -> None:
    made = treasury(session)
    person = session.scalars(select(Pupil.person_id)).all()[0]
    entry = MemberEntry(person_id=person, state=MemberState.FULL, joined_on=JOINED, full_on=FULL_ON)
    (villager,) = made.door.party.members.enter_members([entry])
    dues = made.door.party.dues
    dues.set_bases([salaried(villager)])
    dues.carry([Carrying(member_id=villager, through=date(2026, 9, 1), source="原台账")])
    dues.reduce(
        Reducing(
            member_id=villager,
            since=NOVEMBER,
            last=NOVEMBER,
            amount=Money(0),
            studied_on=OPENED,
            approver="镇党委",
            document="批复1号",
        )
    )
    pay(made.door, paying(villager, OCTOBER), paying(made.full[0], OCTOBER))
    rows = made.door.party.books.export(DUES.name).rows
    assert {name: len(some) for name, some in rows.items()} == {
        "bases": 4,
        "reductions": 0,
        "carried": 0,
        "payments": 1,
    }


def test_dues_are_no_school_s(session: Session) -> None:
    made = treasury(session)
    assert made.door.party.books.export(DUES.name, "s1").rows["bases"] == []


def test_without_a_branch_there_is_no_book(session: Session) -> None:
    door = make_district(session)
    with pytest.raises(BranchMissing):
        door.party.books.export(DUES.name)


def test_members_of_another_district_are_not_known_here(session: Session) -> None:
    made = treasury(session)
    treasury(session, ELSEWHERE)
    row = payment("1").model_copy(update={"staff_no": "dasi-s1-T1"})
    assert named(planned(made.door, payments=[row])) == [("党费收缴", 2, "工号", "party.member_unknown")]
