"""Dues: what goes up, beginnings in mid-case, arrears, the year, who sees it, checks; on both databases."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

import pytest
from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from tests.unified.party.hall import ELSEWHERE, PLACE, Hall, hall
from tests.unified.party.treasury import (
    BASE,
    DECEMBER,
    JANUARY,
    MISTAKE,
    MONTHLY,
    NOVEMBER,
    OCTOBER,
    OPENED,
    OPENING,
    at,
    count,
    figures,
    month,
    pay,
    paying,
    reducing,
    salaried,
    treasury,
)
from xuequ import Actor, Holding, Money, Post
from xuequ.core.checks import Finding
from xuequ.core.errors import ActionNotPermitted
from xuequ.core.journal import FactRow
from xuequ.embed import run_data_checks
from xuequ.unified.budget.models.ledger import BudgetEntry, BudgetLine
from xuequ.unified.party.errors.dues import (
    CarriedBehindPayments,
    DuesNegative,
    LedgerKnown,
    LedgerMissing,
    LedgerShort,
    MonthSettled,
    PaymentUnknown,
    RemittanceUnfit,
    RemittanceUnknown,
    RemittanceUsed,
    RemittanceVoided,
)
from xuequ.unified.party.errors.members import BranchMissing, DayAhead, MemberUnknown, NotOwnMembership
from xuequ.unified.party.models.dues import (
    DuesLedger,
    DuesMonth,
)
from xuequ.unified.party.models.members import Affiliation, Branch
from xuequ.unified.party.schemas.dues import (
    Carrying,
    Giving,
    LedgerOpening,
    Remitting,
)
from xuequ.unified.party.states.dues import DuesCategory, Pot


@pytest.fixture
def branch(session: Session) -> Hall:
    return treasury(session)


# what goes up


def test_no_more_is_remitted_than_there_is_and_gifts_go_apart(branch: Hall) -> None:
    dues = branch.door.party.dues
    dues.give(Giving(member_id=branch.full[0], receipt="G1", amount=Money.yuan(1500)))
    with pytest.raises(LedgerShort):
        dues.remit(Remitting(number="S1", amount=OPENING + Money(1)))
    dues.remit(Remitting(number="S1", amount=OPENING))
    dues.remit(Remitting(number="S2", amount=Money.yuan(1500), pot=Pot.CENTRE))
    with pytest.raises(LedgerShort):
        dues.remit(Remitting(number="S3", amount=Money(1), pot=Pot.CENTRE))
    ledger = dues.ledger()
    assert ledger.balance == ledger.centre_balance == Money(0)
    assert [(one.number, one.receiver) for one in dues.remittances()] == [
        ("S1", "镇党委"),
        ("S2", "镇党委"),
    ]
    assert dues.remittance("S2").capitals == "壹仟伍佰元整"


def test_a_remittance_that_is_wrong_is_refused(branch: Hall) -> None:
    dues = branch.door.party.dues
    sent = dues.remit(Remitting(number="S1", amount=Money.yuan(10)))
    for wrong, error in (
        (Remitting(number="S1", amount=Money.yuan(10)), RemittanceUsed),
        (Remitting(number="S2", amount=Money(0)), RemittanceUnfit),
        (Remitting(number="S2", amount=Money(-5)), RemittanceUnfit),
        (Remitting(number="S2", amount=Money(5), remitted_on=DECEMBER), DayAhead),
    ):
        with pytest.raises(error):
            dues.remit(wrong)
    dues.void_remittance(sent, MISTAKE)
    with pytest.raises(RemittanceVoided):
        dues.void_remittance(sent, MISTAKE)
    with pytest.raises(RemittanceUnknown):
        dues.void_remittance(1, MISTAKE)
    with pytest.raises(RemittanceUnknown):
        dues.remittance("S9")
    assert dues.ledger().remitted == Money(0)


def test_dues_are_never_in_the_budget_of_the_school(branch: Hall) -> None:
    pay(branch.door, *(paying(one, OCTOBER) for one in branch.full))
    branch.door.party.dues.remit(Remitting(number="S1", amount=MONTHLY))
    assert count(branch.session, BudgetLine) == count(branch.session, BudgetEntry) == 0


# joining in mid-case


def test_a_ledger_begins_with_what_there_was_and_asks_for_no_earlier_month(branch: Hall) -> None:
    one = branch.full[0]
    assert branch.door.party.dues.ledger().balance == OPENING
    branch.door.party.dues.assess(month(6, 2025), DECEMBER, [one])
    assert sorted(figures(branch, one)) == list(range(1, 13))
    with pytest.raises(MonthSettled):
        pay(at(branch, date(2026, 1, 20)), paying(one, month(12, 2025)))
    with pytest.raises(LedgerKnown):
        branch.door.party.dues.open_ledger(LedgerOpening(since=OPENED, balance=OPENING, authority="账簿"))


def test_who_has_paid_through_a_month_begins_with_the_next(branch: Hall) -> None:
    one, late, *_ = branch.full
    dues = branch.door.party.dues
    dues.carry(
        [
            Carrying(member_id=one, through=OCTOBER, source="组织关系介绍信"),
            Carrying(member_id=late, through=month(11, 2025), source="原台账"),
        ]
    )
    with pytest.raises(MonthSettled):
        pay(branch.door, paying(one, OCTOBER))
    pay(branch.door, paying(one, NOVEMBER))
    with pytest.raises(CarriedBehindPayments):
        dues.carry([Carrying(member_id=one, through=NOVEMBER, source="更正")])
    dues.set_bases([salaried(late, since=month(12, 2025))])
    dues.assess(month(12, 2025), members=[late])
    found = {view.member_id: view for view in dues.arrears()}
    assert found[late].months == (month(12, 2025),) and found[late].age == 11
    assert found[late].too_old == found[late].months


def test_what_was_carried_can_be_put_right(branch: Hall) -> None:
    one, dues = branch.full[0], branch.door.party.dues
    dues.carry([Carrying(member_id=one, through=NOVEMBER, source="原台账")])
    dues.carry([Carrying(member_id=one, through=OCTOBER, source="原台账，更正")])
    pay(branch.door, paying(one, NOVEMBER))


def test_without_a_branch_or_a_ledger_there_are_no_dues(session: Session) -> None:
    made = hall(session, committee=0)
    with pytest.raises(LedgerMissing):
        pay(made.door, paying(made.full[0], OCTOBER))
    with pytest.raises(DuesNegative):
        made.door.party.dues.open_ledger(LedgerOpening(since=OPENED, balance=Money(-1), authority="账簿"))
    with pytest.raises(DayAhead):
        made.door.party.dues.open_ledger(LedgerOpening(since=DECEMBER, balance=Money(0), authority="账簿"))
    session.execute(update(Branch).values(until=date(2026, 1, 1)))
    with pytest.raises(BranchMissing):
        made.door.party.dues.ledger()


# arrears and alarms


def test_arrears_are_told_with_their_age(branch: Hall) -> None:
    one, other, *rest = branch.full
    dues = branch.door.party.dues
    dues.assess(month(6), DECEMBER)
    pay(branch.door, paying(one, month(6), OCTOBER), paying(other, month(7)))
    found = {view.member_id: view for view in dues.arrears()}
    assert set(found) == {other, *rest}
    assert found[other].months == (month(6), month(8), month(9), month(10))
    assert (found[other].age, found[other].amount) == (5, MONTHLY * 4)
    assert found[rest[0]].too_old == ()
    later = dues.arrears(on=date(2026, 12, 31))
    assert {view.member_id: view for view in later}[rest[0]].age == 6


def test_months_in_a_row_without_dues_are_told(branch: Hall) -> None:
    one, two, three, four = branch.full
    dues = branch.door.party.dues
    pay(branch.door, paying(one, month(5), month(8)), paying(two, month(5), month(7)))
    pay(branch.door, paying(three, OCTOBER))
    found = {view.member_id: len(view.months) for view in dues.unpaid_months()}
    assert found == {one: 2, two: 3, four: 10}
    sooner = {view.member_id: len(view.months) for view in dues.unpaid_months(on=date(2026, 7, 1))}
    assert sooner[four] == 6


def test_an_exemption_is_a_good_reason_and_who_has_left_is_not_flagged(branch: Hall) -> None:
    exempt, gone, *_ = branch.full
    branch.door.party.dues.reduce(reducing(exempt, 10, 10))
    branch.door.party.dues.assess(OCTOBER)
    branch.session.execute(update(Affiliation).where(Affiliation.member_id == gone).values(until=NOVEMBER))
    assert {view.member_id for view in branch.door.party.dues.unpaid_months()} == set(branch.full[2:])


# the year


def test_a_year_is_published_with_sums_that_come_out(branch: Hall) -> None:
    one, other, *_ = branch.full
    dues = branch.door.party.dues
    pay(branch.door, paying(one, OCTOBER, amount=Money.yuan(100)), paying(other, OCTOBER))
    dues.give(Giving(member_id=other, receipt="G", amount=Money.yuan(1000)))
    (wrong,) = pay(branch.door, paying(other, NOVEMBER))
    dues.void_payment(wrong.id, MISTAKE)
    dues.remit(Remitting(number="S1", amount=Money.yuan(50)))
    view = dues.publish(2026)
    assert view.opening + view.received == view.remitted + view.balance
    assert (
        view.received
        == Money.yuan(100) + MONTHLY + Money.yuan(1000)
        == Money.total(line.amount for line in view.lines)
    )
    assert [(line.extra, line.to_centre) for line in view.lines] == [
        (Money.yuan("24.80"), Money(0)),
        (Money(0), Money.yuan(1000)),
    ]
    assert dues.annual(2026).published_on == (date(2026, 11, 2),)
    following = at(branch, date(2027, 3, 1)).party.dues.annual(2027)
    assert (following.opening, following.lines) == (view.balance, ())
    with pytest.raises(DayAhead):
        dues.publish(2026, DECEMBER)


def test_the_ledger_shows_every_month_of_every_member(branch: Hall) -> None:
    one, two, three, _ = branch.full
    dues = branch.door.party.dues
    dues.reduce(reducing(three, 9, 9))
    dues.carry([Carrying(member_id=two, through=month(3), source="原台账")])
    dues.assess(JANUARY, NOVEMBER)
    pay(branch.door, paying(one, month(5), NOVEMBER))
    lines = {line.member_id: line for line in dues.ledger_sheet(2026).lines}
    assert (lines[one].m4, lines[one].m5, lines[one].m12) == ("欠 75.20", "75.20", "")
    assert (lines[two].m3, lines[two].m4, lines[two].m11) == ("清", "欠 75.20", "应交 75.20")
    assert (lines[three].m9, lines[three].category) == ("免", DuesCategory.SALARIED)
    assert (lines[one].paid, lines[one].arrears, lines[one].age) == (MONTHLY * 7, MONTHLY * 4, 10)


# whose it is


def test_districts_never_mix(session: Session) -> None:
    ours, theirs = treasury(session), treasury(session, ELSEWHERE)
    dues = theirs.door.party.dues
    (view,) = pay(ours.door, paying(ours.full[0], OCTOBER))
    for refused in (
        lambda: pay(theirs.door, paying(ours.full[0], NOVEMBER)),
        lambda: dues.set_bases([salaried(ours.full[0])]),
        lambda: dues.assess(OCTOBER, members=[ours.full[0]]),
        lambda: dues.carry([Carrying(member_id=ours.full[0], through=OCTOBER, source="信")]),
        lambda: dues.reduce(reducing(ours.full[0], 3, 5)),
        lambda: dues.figure(ours.full[0], OCTOBER),
        lambda: dues.bases([ours.full[0]]),
        lambda: dues.own(ours.full[0], 2026),
    ):
        with pytest.raises(MemberUnknown):
            refused()
    with pytest.raises(PaymentUnknown):
        dues.void_payment(view.id, MISTAKE)
    assert dues.payments() == [] and dues.ledger().received == Money(0)
    assert {row.member_id for row in dues.bases()} == set(theirs.full)


def test_counties_never_mix(session: Session) -> None:
    ours, theirs = treasury(session), treasury(session, "530922/dasi")
    pay(ours.door, paying(ours.full[0], OCTOBER))
    with pytest.raises(MemberUnknown):
        pay(theirs.door, paying(ours.full[0], NOVEMBER))
    assert theirs.door.party.dues.payments() == []


def staff_no(made: Hall, member_id: int) -> str:
    return next(
        view.staff_no or ""
        for view in made.door.party.dues.ledger_sheet(2026).lines
        if view.member_id == member_id
    )


def test_a_member_sees_the_own_dues_and_nobody_else_s(branch: Hall) -> None:
    one, other, *_ = branch.full
    branch.door.party.dues.assess(JANUARY, DECEMBER)
    pay(branch.door, paying(one, OCTOBER), paying(other, OCTOBER))
    number = staff_no(branch, one)
    school = number.split("-")[1]
    me = at(branch, date(2026, 11, 2), Actor(number, (Holding(Post.TEACHER, f"{PLACE}/{school}"),)))
    own = me.party.dues.own(one, 2026)
    assert [month.month for month in own.months if month.paid_on] == [OCTOBER]
    assert [payment.member_id for payment in own.payments] == [one]
    assert own.arrears == MONTHLY * 9
    with pytest.raises((NotOwnMembership, ActionNotPermitted)):
        me.party.dues.own(other, 2026)
    with pytest.raises(ActionNotPermitted):
        me.party.dues.ledger_sheet(2026)


@pytest.mark.parametrize("post", [Post.PRINCIPAL, Post.BUREAU_OFFICER, Post.ACCOUNTANT, Post.CASHIER])
def test_neither_the_principal_nor_the_school_s_accounts_see_dues(branch: Hall, post: Post) -> None:
    somebody = at(branch, date(2026, 11, 2), Actor("X", (Holding(post, PLACE),)))
    for read in (
        somebody.party.dues.ledger,
        somebody.party.dues.payments,
        somebody.party.dues.arrears,
        somebody.party.dues.bases,
    ):
        with pytest.raises(ActionNotPermitted):
            read()


def test_the_journal_tells_of_dues_and_never_who_earns_what(branch: Hall) -> None:
    one, other, *_ = branch.full
    dues = branch.door.party.dues
    dues.carry([Carrying(member_id=other, through=month(3), source="原台账")])
    made = dues.reduce(reducing(other, 9, 10, "3.33"))
    dues.end_reduction(made, OCTOBER)
    (view,) = pay(branch.door, paying(one, OCTOBER, proxy="邻居", consent="纪要"))
    sent = dues.remit(Remitting(number="S1", amount=Money.yuan(10)))
    dues.void_remittance(sent, MISTAKE)
    dues.void_payment(view.id, MISTAKE)
    dues.assess(JANUARY, DECEMBER)
    dues.publish(2026)
    rows = branch.session.execute(
        select(FactRow.name, FactRow.payload).where(FactRow.name.like("party.dues_%"))
    ).all()
    assert {row.name.removeprefix("party.dues_") for row in rows} == {
        *("ledger_opened", "carried_over", "bases_set", "reduced", "reduction_ended", "paid", "remitted"),
        *("remittance_voided", "payment_voided", "assessed", "published"),
    }
    numbers = {number for row in rows for number in re.findall("[0-9]+", row.payload)}
    assert not numbers & {str(BASE.fen), "5010", "333"}
    told = "".join(row.payload for row in rows)
    assert not [word for word in ("邻居", "纪要", "金额录错", "师1") if word in told]


# checks


def found(session: Session, check: str) -> tuple[Finding, ...] | None:
    (result,) = run_data_checks(session, PLACE, only=check)
    return result.findings


CHECKS = ("party.dues_ledgers_balance", "party.dues_months_paid_once", "party.dues_payments_add_up")


def test_nothing_is_found_in_a_sound_ledger(branch: Hall) -> None:
    dues = branch.door.party.dues
    (view,) = pay(branch.door, paying(branch.full[0], OCTOBER, amount=Money.yuan(2000)))
    pay(branch.door, paying(branch.full[1], OCTOBER, NOVEMBER))
    dues.remit(Remitting(number="S", amount=Money.yuan(50)))
    dues.void_payment(view.id, MISTAKE)
    for check in CHECKS:
        assert found(branch.session, check) == ()


def test_a_ledger_changed_past_the_program_is_found(branch: Hall) -> None:
    pay(branch.door, paying(branch.full[0], OCTOBER))
    branch.session.execute(update(DuesLedger).values(received=DuesLedger.received + Money(1)))
    assert len(found(branch.session, CHECKS[0]) or ()) == 1


def test_a_month_paid_twice_past_the_constraint_is_found(branch: Hall) -> None:
    session, one = branch.session, branch.full[0]
    pay(branch.door, paying(one, OCTOBER))
    (view,) = pay(branch.door, paying(one, NOVEMBER))
    table = cast("Table", DuesMonth.__table__)
    index = next(one for one in table.indexes if "paid" in str(one.name))
    index.drop(session.connection())
    session.execute(update(DuesMonth).where(DuesMonth.payment_id == view.id).values(month=OCTOBER))
    assert len(found(session, CHECKS[1]) or ()) == 1


def test_a_payment_unlike_its_months_is_found(branch: Hall) -> None:
    pay(branch.door, paying(branch.full[0], OCTOBER))
    branch.session.execute(update(DuesMonth).values(amount=Money(1)))
    assert len(found(branch.session, CHECKS[2]) or ()) == 1
