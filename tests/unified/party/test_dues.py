"""Dues: what is owed, what is paid, and what was a mistake; on both databases."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, cast

import pytest
from pydantic import ValidationError
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.registry.test_service import statements_of
from tests.unified.party.hall import ADMITTED, ELSEWHERE, PLACE, Hall, hall
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
    set_rule,
    treasury,
)
from xuequ import Money
from xuequ.core.errors import Problems
from xuequ.core.journal import FactRow
from xuequ.core.standards import StandardNotSet
from xuequ.unified.party.errors.dues import (
    BackPaymentTooLong,
    DuesBaseAsBefore,
    DuesBaseMissing,
    DuesMonthsBackwards,
    DuesNegative,
    DuesShort,
    FigureUnknown,
    LedgerShort,
    MonthElsewhere,
    MonthPaid,
    PaymentUnknown,
    PaymentVoided,
    ReceiptUsed,
    ReductionOver,
    ReductionStands,
    ReductionUnknown,
)
from xuequ.unified.party.errors.members import DayAhead
from xuequ.unified.party.models.dues import (
    DuesAssessment,
    DuesBase,
    DuesMonth,
    DuesPayment,
    DuesRemittance,
)
from xuequ.unified.party.models.members import Affiliation, MemberStatus
from xuequ.unified.party.schemas.dues import (
    BaseSetting,
    Giving,
    LedgerOpening,
    Remitting,
    Voiding,
)
from xuequ.unified.party.states.dues import DuesCategory, PayItem, Pot


@pytest.fixture
def branch(session: Session) -> Hall:
    return treasury(session)


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
