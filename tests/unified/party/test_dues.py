"""Dues: what is owed, paid, voided and remitted, on both databases."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Any, cast

import pytest
from pydantic import ValidationError
from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.registry.test_service import statements_of
from tests.unified.party.hall import ADMITTED, ELSEWHERE, PLACE, Hall, hall
from tests.unified.party.treasury import (
    BASE,
    MONTHLY,
    OPENED,
    OPENING,
    at,
    pay,
    paying,
    salaried,
    set_rule,
    treasury,
)
from xuequ import Actor, Holding, Money, Post
from xuequ.core.checks import Finding
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.core.journal import FactRow
from xuequ.core.standards import StandardNotSet
from xuequ.embed import run_data_checks
from xuequ.unified.budget.models import BudgetEntry, BudgetLine
from xuequ.unified.party.errors.dues import (
    BackPaymentTooLong,
    CarriedBehindPayments,
    DuesBaseAsBefore,
    DuesBaseMissing,
    DuesMonthsBackwards,
    DuesNegative,
    DuesShort,
    FigureUnknown,
    LedgerKnown,
    LedgerMissing,
    LedgerShort,
    MonthElsewhere,
    MonthPaid,
    MonthSettled,
    PaymentUnknown,
    PaymentVoided,
    ReceiptUsed,
    ReductionOver,
    ReductionStands,
    ReductionUnknown,
    RemittanceUnfit,
    RemittanceUnknown,
    RemittanceUsed,
    RemittanceVoided,
)
from xuequ.unified.party.errors.members import BranchMissing, DayAhead, MemberUnknown, NotOwnMembership
from xuequ.unified.party.models.dues import (
    DuesAssessment,
    DuesBase,
    DuesLedger,
    DuesMonth,
    DuesPayment,
    DuesRemittance,
)
from xuequ.unified.party.models.members import Affiliation, Branch, MemberStatus
from xuequ.unified.party.schemas.dues import (
    BaseSetting,
    Carrying,
    Giving,
    LedgerOpening,
    Reducing,
    Remitting,
    Voiding,
)
from xuequ.unified.party.states.dues import Alarm, DuesCategory, PayItem, Pot

JANUARY, OCTOBER, NOVEMBER, DECEMBER = OPENED, date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
MISTAKE = Voiding(reason="金额录错")


def month(number: int, year: int = 2026) -> date:
    return date(year, number, 1)


@pytest.fixture
def branch(session: Session) -> Hall:
    return treasury(session)


def figures(made: Hall, member_id: int) -> dict[int, Money]:
    """Return what stands as due this year, by month."""
    found = made.session.execute(
        select(DuesAssessment.month, DuesAssessment.amount)
        .where(DuesAssessment.member_id == member_id)
        .order_by(DuesAssessment.version)
    )
    return {row.month.month: row.amount for row in found}


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def reducing(member_id: int, since: int, last: int, amount: str = "0", **more: Any) -> Reducing:
    values: dict[str, Any] = {"studied_on": date(2026, 1, 5), "approver": "镇党委", "document": "批复1号"}
    values |= {"since": month(since), "last": month(last), "amount": Money.yuan(amount)} | more
    return Reducing(member_id=member_id, **values)


# what is owed


def test_a_year_is_assessed_for_everybody_at_once(branch: Hall) -> None:
    assessed = branch.door.party.dues.assess(JANUARY, DECEMBER)
    assert (assessed.members, assessed.new) == (4, 48)
    assert assessed.amount == MONTHLY * 48
    again = branch.door.party.dues.assess(JANUARY, DECEMBER)
    assert (again.new, again.amount) == (0, assessed.amount)


@pytest.mark.parametrize(("few", "many"), [(2, 9)])
def test_statements_do_not_grow_with_the_members(session: Session, few: int, many: int) -> None:
    spent: list[tuple[int, int]] = []
    for place, members in ((PLACE, few), (ELSEWHERE, many)):
        made = treasury(session, place, members=members)
        dues, rows = made.door.party.dues, [paying(one, OCTOBER, consent="纪要") for one in made.full]
        assessing = statements_of(session, partial(dues.assess, JANUARY, DECEMBER))
        spent.append((assessing, statements_of(session, partial(dues.pay, rows))))
    assert spent[0] == spent[1]
    assert max(spent[0]) <= 25


def test_nothing_is_assessed_before_the_district_says_how_it_rounds(session: Session) -> None:
    made = hall(session, committee=0)
    dues = made.door.party.dues
    dues.open_ledger(LedgerOpening(since=OPENED, balance=OPENING, authority="账簿"))
    dues.set_bases([salaried(one) for one in made.full])
    with pytest.raises(StandardNotSet):
        dues.assess(NOVEMBER, members=made.full)


def test_everybody_without_a_base_is_named_at_once(session: Session) -> None:
    made = hall(session, committee=0)
    made.door.party.dues.open_ledger(LedgerOpening(since=OPENED, balance=OPENING, authority="账簿"))
    with pytest.raises(Problems) as refused:
        made.door.party.dues.assess(NOVEMBER)
    assert {type(one.error) for one in refused.value.problems} == {DuesBaseMissing}
    assert len(refused.value.problems) == 9
    assert count(session, DuesAssessment) == 0


def test_a_new_salary_waits_for_january_unless_it_was_decided_otherwise(branch: Hall) -> None:
    one, other, *_ = branch.full
    dues = branch.door.party.dues
    dues.set_bases(
        [
            salaried(one, Money.yuan(8000), month(7)),
            salaried(other, Money.yuan(8000), month(7), reason="支委会决定年内调整"),
        ]
    )
    dues.assess(JANUARY, date(2027, 1, 1))
    assert figures(branch, one)[7] == MONTHLY and figures(branch, other)[7] == Money.yuan(120)
    assert dues.figure(one, date(2027, 1, 31)).amount == Money.yuan(120)


def test_where_the_district_adjusts_by_the_month_a_new_salary_counts_at_once(branch: Hall) -> None:
    set_rule(branch.door, "party.dues.base_fixed", "month")
    one = branch.full[0]
    branch.door.party.dues.set_bases([salaried(one, Money.yuan(8000), month(7))])
    branch.door.party.dues.assess(JANUARY, DECEMBER)
    assert figures(branch, one)[6] == MONTHLY and figures(branch, one)[7] == Money.yuan(120)


def test_who_retires_pays_by_the_pension_from_that_month(branch: Hall) -> None:
    one = branch.full[0]
    pension = BaseSetting(
        member_id=one,
        since=month(9),
        category=DuesCategory.RETIRED,
        items={PayItem.PENSION: Money.yuan(4800)},
    )
    branch.door.party.dues.set_bases([pension])
    branch.door.party.dues.assess(JANUARY, DECEMBER)
    assert figures(branch, one)[8] == MONTHLY and figures(branch, one)[9] == Money.yuan(24)


def test_a_base_corrected_for_the_same_month_stands_before_the_one_before(branch: Hall) -> None:
    one, dues = branch.full[0], branch.door.party.dues
    dues.assess(JANUARY, DECEMBER)
    pay(branch.door, paying(one, OCTOBER))
    dues.set_bases([salaried(one, Money.yuan(4000))])
    assert dues.assess(JANUARY, DECEMBER).new == 11  # a paid month keeps its figure
    assert figures(branch, one)[9] == Money.yuan(40) and figures(branch, one)[10] == MONTHLY
    assert count(branch.session, DuesBase) == 5
    with pytest.raises(DuesBaseAsBefore):
        dues.set_bases([salaried(one, Money.yuan(4000))])


def test_the_first_month_of_a_probationary_member_is_what_the_district_says(session: Session) -> None:
    made = treasury(session, probationary=1)
    set_rule(made.door, "party.dues.first_month", "days", since=month(2))
    made.door.party.dues.assess(JANUARY, DECEMBER)
    new = figures(made, made.probationary[0])
    assert min(new) == ADMITTED.month
    assert new[3] == Money.yuan("38.80")  # 75.20 × 16/31 = 38.81
    assert new[4] == MONTHLY


def test_nobody_owes_a_month_of_another_branch_or_of_suspension(branch: Hall) -> None:
    gone, suspended, *_ = branch.full
    session = branch.session
    session.execute(update(Affiliation).where(Affiliation.member_id == gone).values(until=date(2026, 5, 10)))
    session.execute(
        update(MemberStatus)
        .where(MemberStatus.member_id == suspended, MemberStatus.until.is_(None))
        .values(state="suspended", lost_since=OPENED)
    )
    branch.door.party.dues.assess(JANUARY, DECEMBER)
    assert sorted(figures(branch, gone)) == [1, 2, 3, 4, 5]
    assert figures(branch, suspended) == {}
    lines = {line.member_id: line for line in branch.door.party.dues.ledger_sheet(2026).lines}
    assert (lines[gone].m5, lines[gone].m6, lines[suspended].m6) == ("欠 75.20", "—", "—")
    with pytest.raises(MonthElsewhere):
        pay(at(branch, date(2026, 6, 10)), paying(gone, month(6)))


def test_an_old_figure_gives_the_old_answer_after_the_rules_have_changed(branch: Hall) -> None:
    one, dues = branch.full[0], branch.door.party.dues
    dues.assess(JANUARY, DECEMBER)
    set_rule(branch.door, "party.dues.rounding", "fen")
    found = dues.figure(one, NOVEMBER)
    assert found.amount == found.again == MONTHLY and found.base == BASE and found.rate == "3/200"
    assert {(rule.key, rule.place) for rule in found.rules} == {
        ("party.dues.base_includes", ""),
        ("party.dues.base_excludes", ""),
        ("party.dues.bands", ""),
        ("party.dues.rounding", PLACE),
    }
    assert found.items == {PayItem.POST_WAGE: BASE}
    dues.assess(NOVEMBER)
    newer = dues.figure(one, NOVEMBER)
    assert (newer.version, newer.amount, newer.again) == (2, Money.yuan("75.15"), Money.yuan("75.15"))


def test_what_was_not_assessed_has_no_figure(branch: Hall) -> None:
    with pytest.raises(FigureUnknown):
        branch.door.party.dues.figure(branch.full[0], NOVEMBER)


def test_months_that_run_backwards_are_none(branch: Hall) -> None:
    with pytest.raises(DuesMonthsBackwards):
        branch.door.party.dues.assess(NOVEMBER, OCTOBER)
    for first, last in ((NOVEMBER, OCTOBER), (NOVEMBER, None)):
        row = paying(branch.full[0], NOVEMBER).model_copy(update={"first": first, "last": last})
        with pytest.raises(DuesMonthsBackwards):
            pay(branch.door, row)


# hardship


def test_hardship_reduces_for_its_months_and_never_what_is_paid(branch: Hall) -> None:
    one, dues = branch.full[0], branch.door.party.dues
    pay(branch.door, paying(one, month(8)))
    dues.reduce(reducing(one, 8, 10, "5"))
    dues.assess(JANUARY, DECEMBER)
    assert [figures(branch, one)[n] for n in (7, 8, 9, 10, 11)] == [
        MONTHLY,
        MONTHLY,
        Money.yuan(5),
        Money.yuan(5),
        MONTHLY,
    ]
    assert dues.figure(one, OCTOBER).reduced_to == dues.figure(one, OCTOBER).again == Money.yuan(5)
    (view,) = dues.reductions()
    assert (view.since, view.last, view.document) == (month(8), month(10), "批复1号")


def test_two_reductions_never_meet_and_one_may_end_early(branch: Hall) -> None:
    one, dues = branch.full[0], branch.door.party.dues
    made = dues.reduce(reducing(one, 3, 12))
    with pytest.raises(ReductionStands):
        dues.reduce(reducing(one, 12, 12))
    for wrong in (month(3), month(1, 2027)):
        with pytest.raises(ReductionOver):
            dues.end_reduction(made, wrong)
    dues.end_reduction(made, date(2026, 9, 15))
    dues.reduce(reducing(one, 9, 12, "1"))
    dues.assess(JANUARY, DECEMBER)
    assert [figures(branch, one)[n] for n in (2, 8, 9)] == [MONTHLY, Money(0), Money.yuan(1)]
    with pytest.raises(ReductionUnknown):
        dues.end_reduction(1, NOVEMBER)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"approver": ""}, "party.dues_higher_approval_missing"),
        ({"amount": "-0.01"}, "party.dues_reduction_negative"),
        ({"last": 2}, "party.dues_months_backwards"),
        ({"studied_on": date(2026, 12, 24)}, "party.day_ahead"),
    ],
)
def test_a_reduction_that_lacks_something_is_refused(branch: Hall, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Exception, match=code):
        branch.door.party.dues.reduce(
            reducing(branch.full[0], **cast("Any", {"since": 3, "last": 5, **more}))
        )


# paying


def test_a_payment_is_for_its_months_and_the_rest_is_extra(branch: Hall) -> None:
    one = branch.full[0]
    (view,) = pay(
        branch.door, paying(one, OCTOBER, NOVEMBER, Money.yuan(200), receipt="R1", received_by="李委员")
    )
    assert (view.due, view.extra, view.pot) == (MONTHLY * 2, Money.yuan("49.60"), Pot.DUES)
    assert (view.first, view.last, view.amount) == (OCTOBER, NOVEMBER, Money.yuan(200))
    ledger = branch.door.party.dues.ledger()
    assert (ledger.received, ledger.balance) == (Money.yuan(200), OPENING + Money.yuan(200))


def test_a_month_is_paid_once(branch: Hall) -> None:
    one = branch.full[0]
    pay(branch.door, paying(one, OCTOBER))
    with pytest.raises(MonthPaid):
        pay(branch.door, paying(one, OCTOBER, NOVEMBER))
    with pytest.raises(MonthPaid):
        pay(branch.door, paying(one, NOVEMBER, receipt="A"), paying(one, NOVEMBER, receipt="B"))
    assert count(branch.session, DuesMonth) == 1
    pay(branch.door, paying(one, NOVEMBER))


def test_a_receipt_is_used_once(branch: Hall) -> None:
    one, other, *_ = branch.full
    pay(branch.door, paying(one, OCTOBER, receipt="7"))
    with pytest.raises(ReceiptUsed):
        pay(branch.door, paying(other, OCTOBER, receipt="7"))
    with pytest.raises(ReceiptUsed):
        pay(branch.door, paying(one, NOVEMBER, receipt="8"), paying(other, NOVEMBER, receipt="8"))


def test_a_payment_sent_again_under_its_key_answers_again_and_pays_once(branch: Hall) -> None:
    row = paying(branch.full[0], OCTOBER)
    answers = [
        branch.door.once("pay-1", lambda door: pay(door, row)[0].receipt, answer=str) for _ in range(2)
    ]
    assert answers == [row.receipt] * 2 and count(branch.session, DuesPayment) == 1


def test_all_problems_of_a_batch_are_said_and_nothing_is_written(branch: Hall) -> None:
    one, other, third, _ = branch.full
    rows = [
        paying(one, month(4)),  # seven months ago
        paying(other, NOVEMBER, amount=Money.yuan(75)),
        paying(third, NOVEMBER, amount=Money.yuan(-1)),
        paying(third, OCTOBER),
    ]
    with pytest.raises(Problems) as refused:
        pay(branch.door, *rows)
    kinds = [type(one.error) for one in refused.value.problems]
    assert kinds == [BackPaymentTooLong, DuesShort, DuesNegative]
    assert count(branch.session, DuesPayment) == count(branch.session, DuesAssessment) == 0
    assert branch.door.party.dues.ledger().received == Money(0)


def test_six_months_are_paid_back(branch: Hall) -> None:
    (view,) = pay(branch.door, paying(branch.full[0], month(5), OCTOBER))
    assert view.due == MONTHLY * 6


def test_a_quarter_is_paid_with_the_consent_of_the_branch(branch: Hall) -> None:
    quarter = paying(branch.full[0], OCTOBER, DECEMBER, consent="2026年9月支委会", proxy="王老师")
    assert pay(branch.door, quarter)[0].consent == "2026年9月支委会"


@pytest.mark.parametrize(
    ("amount", "pot", "balance", "centre"),
    [("999.99", Pot.DUES, "1099.99", "0"), ("1000", Pot.CENTRE, "100", "1000")],
)
def test_a_gift_of_a_thousand_stands_apart_for_the_centre(
    branch: Hall, amount: str, pot: Pot, balance: str, centre: str
) -> None:
    view = branch.door.party.dues.give(
        Giving(member_id=branch.full[0], receipt="G1", amount=Money.yuan(amount))
    )
    assert (view.pot, view.first, view.due) == (pot, None, Money(0))
    ledger = branch.door.party.dues.ledger()
    assert (ledger.balance, ledger.centre_balance) == (Money.yuan(balance), Money.yuan(centre))


def test_a_great_gift_with_the_month_leaves_the_dues_with_the_branch(branch: Hall) -> None:
    pay(branch.door, paying(branch.full[0], NOVEMBER, amount=MONTHLY + Money.yuan(2000)))
    ledger = branch.door.party.dues.ledger()
    assert (ledger.received, ledger.centre_received) == (MONTHLY, Money.yuan(2000))


def test_nothing_is_paid_by_who_has_no_base(session: Session) -> None:
    made = hall(session, committee=0)
    made.door.party.dues.open_ledger(LedgerOpening(since=OPENED, balance=OPENING, authority="账簿"))
    with pytest.raises(DuesBaseMissing):
        pay(made.door, paying(made.full[0], NOVEMBER))


def test_no_rows_are_nothing(branch: Hall) -> None:
    dues, before = branch.door.party.dues, count(branch.session, FactRow)
    assert (dues.pay([]), dues.set_bases([])) == ([], [])
    dues.carry([])
    assert count(branch.session, FactRow) == before


def test_an_exempted_month_is_paid_with_the_others_for_nothing(branch: Hall) -> None:
    one = branch.full[0]
    branch.door.party.dues.reduce(reducing(one, 9, 9))
    assert pay(branch.door, paying(one, month(8), OCTOBER, MONTHLY * 2))[0].due == MONTHLY * 2


# what was a mistake


def test_a_voided_payment_stays_and_its_months_can_be_paid_again(branch: Hall) -> None:
    one, dues = branch.full[0], branch.door.party.dues
    (view,) = pay(branch.door, paying(one, OCTOBER, NOVEMBER, receipt="1"))
    dues.void_payment(view.id, MISTAKE)
    assert dues.ledger().received == Money(0)
    (voided,) = dues.payments()
    assert (voided.voided_on, voided.void_reason) == (date(2026, 11, 2), "金额录错")
    with pytest.raises(ReceiptUsed):
        pay(branch.door, paying(one, OCTOBER, receipt="1"))
    pay(branch.door, paying(one, OCTOBER, receipt="2"))
    assert [row.amount for row in dues.payments()] == [MONTHLY * 2, MONTHLY]
    assert count(branch.session, DuesPayment) == 3


def test_nothing_is_voided_twice_or_in_vain(branch: Hall) -> None:
    dues = branch.door.party.dues
    (view,) = pay(branch.door, paying(branch.full[0], OCTOBER))
    dues.void_payment(view.id, MISTAKE)
    reversal = branch.session.scalars(
        select(DuesPayment.id).where(DuesPayment.reverses_id.is_not(None))
    ).one()
    for wrong, error in ((view.id, PaymentVoided), (reversal, PaymentVoided), (1, PaymentUnknown)):
        with pytest.raises(error):
            dues.void_payment(wrong, MISTAKE)
    with pytest.raises(DayAhead):
        dues.void_payment(view.id, Voiding(reason="错", on=date(2027, 1, 1)))
    with pytest.raises(ValidationError):
        Voiding(reason=" ")


def test_what_was_remitted_cannot_be_voided_before_it_came_back(branch: Hall) -> None:
    dues = branch.door.party.dues
    (view,) = pay(branch.door, paying(branch.full[0], OCTOBER))
    sent = dues.remit(Remitting(number="S1", amount=OPENING + MONTHLY))
    with pytest.raises(LedgerShort):
        dues.void_payment(view.id, MISTAKE)
    dues.void_remittance(sent, MISTAKE)
    dues.void_payment(view.id, MISTAKE)
    assert dues.ledger().balance == OPENING


@pytest.mark.parametrize("model", [DuesBase, DuesAssessment, DuesPayment, DuesRemittance])
def test_what_is_written_stays_written(branch: Hall, model: Any) -> None:
    pay(branch.door, paying(branch.full[0], OCTOBER))
    branch.door.party.dues.remit(Remitting(number="S1", amount=MONTHLY))
    for statement in (delete(model), update(model).values(district_id=1)):
        nested = branch.session.begin_nested()
        with pytest.raises(DBAPIError):
            branch.session.execute(statement)
        nested.rollback()


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


def test_months_without_dues_are_flagged_at_three_and_proposed_at_six(branch: Hall) -> None:
    one, two, three, four = branch.full
    dues = branch.door.party.dues
    pay(branch.door, paying(one, month(5), month(8)), paying(two, month(5), month(7)))
    pay(branch.door, paying(three, OCTOBER))
    found = {view.member_id: (len(view.months), view.level) for view in dues.alarms()}
    assert found == {two: (3, Alarm.WATCH), four: (10, Alarm.PROPOSE)}
    sooner = {view.member_id: view.level for view in dues.alarms(on=date(2026, 7, 1))}
    assert sooner[four] is Alarm.PROPOSE


def test_an_exemption_is_a_good_reason_and_who_has_left_is_not_flagged(branch: Hall) -> None:
    exempt, gone, *_ = branch.full
    branch.door.party.dues.reduce(reducing(exempt, 10, 10))
    branch.door.party.dues.assess(OCTOBER)
    branch.session.execute(update(Affiliation).where(Affiliation.member_id == gone).values(until=NOVEMBER))
    assert {view.member_id for view in branch.door.party.dues.alarms()} == set(branch.full[2:])


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
    assert (lines[two].m3, lines[two].m4, lines[two].m11) == ("此前已清", "欠 75.20", "应交 75.20")
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
