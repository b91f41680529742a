"""A stateful machine: dues in any order against a plain model, on both databases.

Money is conserved: what the branch began with and took in is what it remitted and still holds, of dues and of
the money for the Centre; no month is paid twice, and what was voided can be paid again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.unified.party.treasury import BASE, OPENED, OPENING, paying, salaried, treasury
from xuequ import Money, XuequError
from xuequ.embed import run_data_checks
from xuequ.testing import rollback_session
from xuequ.unified.party.errors.dues import (
    DuesBaseAsBefore,
    DuesShort,
    LedgerShort,
    PaymentVoided,
    ReceiptUsed,
    RemittanceVoided,
)
from xuequ.unified.party.schemas.dues import Giving, Remitting, Voiding
from xuequ.unified.party.states.dues import Pot

PLACE = "530921/qianfeng"
TOO_OLD, NOW, LAST = 5, 11, 12
"""In November, May is the oldest month that can be paid; three from November on may be paid at once."""

MEMBERS = st.integers(0, 2)
MONTHS = st.integers(TOO_OLD - 1, LAST)
PAY = st.sampled_from([BASE, Money.yuan(3000), Money.yuan("3000.01"), Money.yuan(10001)])
EXTRA = st.sampled_from([Money(0), Money(1), Money.yuan(5), Money.yuan(1000), Money.yuan(1200)])
VOIDING = Voiding(reason="录错")
Key = tuple[int, int]
"""A member and a month, by their numbers."""


def dues(base: Money) -> Money:
    """Return the dues of a base by the plain table, rounded to jiao."""
    bands = ((3000, 5), (5000, 10), (10000, 15))
    per_mille = next((rate for upto, rate in bands if base.fen <= upto * 100), 20)
    return Money((base.fen * per_mille + 5_000) // 10_000 * 10)


@dataclass
class Paid:
    """A payment of the model."""

    id: int
    months: list[Key]
    pots: dict[Pot, Money]
    voided: bool = False


@dataclass
class Sent:
    """A remittance of the model."""

    id: int
    pot: Pot
    amount: Money
    voided: bool = False


@dataclass
class Model:
    """What a careful clerk would have on paper."""

    bases: dict[int, Money] = field(default_factory=dict[int, Money])
    figures: dict[Key, Money] = field(default_factory=dict[Key, Money])
    paid: set[Key] = field(default_factory=set[Key])
    payments: list[Paid] = field(default_factory=list[Paid])
    remittances: list[Sent] = field(default_factory=list[Sent])
    held: dict[Pot, Money] = field(default_factory=lambda: {Pot.DUES: OPENING, Pot.CENTRE: Money(0)})


class Dues(RuleBasedStateMachine):
    """Members 0 to 2, months by number."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.model = Model()
        self.numbers = 0

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def open(self) -> None:
        """A branch of three with its ledger."""
        self.hall = treasury(self.session, members=3)
        self.dues = self.hall.door.party.dues
        self.model.bases = dict.fromkeys(range(3), BASE)

    def number(self) -> str:
        self.numbers += 1
        return f"N{self.numbers}"

    # what members pay

    def figure(self, key: Key) -> Money:
        return self.model.figures.get(key, dues(self.model.bases[key[0]]))

    def refused(self, months: list[Key]) -> bool:
        return (
            any(key in self.model.paid for key in months)
            or months[0][1] < TOO_OLD
            or sum(month >= NOW for _, month in months) > 3
        )

    @rule(member=MEMBERS, first=MONTHS, count=st.integers(1, 4), extra=EXTRA)
    def pay(self, member: int, first: int, count: int, extra: Money) -> None:
        """Pay some months and more; refused when one of them is paid, or too old."""
        months = [(member, month) for month in range(first, min(first + count, LAST + 1))]
        due = Money.total(self.figure(key) for key in months)
        last = date(2026, months[-1][1], 1)
        row = paying(
            self.hall.full[member], date(2026, first, 1), last, due + extra, self.number(), consent="纪要"
        )
        try:
            (view,) = self.dues.pay([row])
        except XuequError:
            assert self.refused(months)
            return
        assert not self.refused(months)
        assert (view.due, view.extra) == (due, extra)
        self.model.figures |= {key: self.figure(key) for key in months}
        self.model.paid |= set(months)
        self.take(Paid(view.id, months, self.pots(due, extra)))

    @staticmethod
    def pots(due: Money, extra: Money) -> dict[Pot, Money]:
        great = extra >= Money.yuan(1000)
        return {Pot.DUES: due if great else due + extra, Pot.CENTRE: extra if great else Money(0)}

    def take(self, payment: Paid) -> None:
        self.model.payments.append(payment)
        for pot, money in payment.pots.items():
            self.model.held[pot] += money

    @rule(member=MEMBERS, amount=EXTRA.filter(bool))
    def give(self, member: int, amount: Money) -> None:
        """Give beyond the dues."""
        command = Giving(member_id=self.hall.full[member], receipt=self.number(), amount=amount)
        view = self.dues.give(command)
        self.take(Paid(view.id, [], self.pots(Money(0), amount)))

    @rule(member=MEMBERS, month=st.integers(TOO_OLD, NOW))
    def pay_too_little(self, member: int, month: int) -> None:
        """A fen less than is due is refused, and so is a receipt that was used."""
        key = (member, month)
        if key in self.model.paid:
            return
        row = paying(
            self.hall.full[member], date(2026, month, 1), amount=self.figure(key) - Money(1), receipt="S"
        )
        with pytest.raises(DuesShort):
            self.dues.pay([row])
        if self.model.payments:
            used = self.dues.payments()[0].receipt
            again = row.model_copy(update={"receipt": used, "amount": self.figure(key)})
            with pytest.raises(ReceiptUsed):
                self.dues.pay([again])

    @precondition(lambda self: self.model.payments)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        """Void a payment; refused the second time, and when its money has gone up."""
        payment = data.draw(st.sampled_from(self.model.payments))
        gone = any(self.model.held[pot] < money for pot, money in payment.pots.items())
        try:
            self.dues.void_payment(payment.id, VOIDING)
        except PaymentVoided:
            assert payment.voided
            return
        except LedgerShort:
            assert gone and not payment.voided
            return
        assert not payment.voided and not gone
        payment.voided = True
        self.model.paid -= set(payment.months)
        for pot, money in payment.pots.items():
            self.model.held[pot] -= money

    # what they owe

    @rule(member=MEMBERS, pay=PAY)
    def set_base(self, member: int, pay: Money) -> None:
        """A base put right for the year; what was assessed stays as it is."""
        row = salaried(self.hall.full[member], pay, OPENED)
        if self.model.bases[member] == pay:
            with pytest.raises(DuesBaseAsBefore):
                self.dues.set_bases([row])
            return
        self.dues.set_bases([row])
        self.model.bases[member] = pay

    @rule()
    def assess(self) -> None:
        """Everybody's year is reckoned anew, but for what is paid."""
        self.dues.assess(date(2026, 1, 1), date(2026, 12, 1))
        for member in range(3):
            for month in range(1, LAST + 1):
                if (member, month) not in self.model.paid:
                    self.model.figures[member, month] = dues(self.model.bases[member])

    # what goes up

    @rule(fen=st.sampled_from([1, 5_000, 20_000, 100_000]), pot=st.sampled_from(Pot))
    def remit(self, fen: int, pot: Pot) -> None:
        """Remit; refused when there is less."""
        command = Remitting(number=self.number(), amount=Money(fen), pot=pot)
        try:
            sent = self.dues.remit(command)
        except LedgerShort:
            assert self.model.held[pot].fen < fen
            return
        assert self.model.held[pot].fen >= fen
        self.model.held[pot] -= Money(fen)
        self.model.remittances.append(Sent(sent, pot, Money(fen)))

    @precondition(lambda self: self.model.remittances)
    @rule(data=st.data())
    def void_remittance(self, data: st.DataObject) -> None:
        """Void a remittance, once."""
        sent = data.draw(st.sampled_from(self.model.remittances))
        if sent.voided:
            with pytest.raises(RemittanceVoided):
                self.dues.void_remittance(sent.id, VOIDING)
            return
        self.dues.void_remittance(sent.id, VOIDING)
        sent.voided = True
        self.model.held[sent.pot] += sent.amount

    @rule(member=MEMBERS)
    def host_rolls_back(self, member: int) -> None:
        """What a host undoes is undone."""
        nested = self.session.begin_nested()
        self.dues.give(Giving(member_id=self.hall.full[member], receipt="X", amount=Money.yuan(7)))
        nested.rollback()

    # what always holds

    @invariant()
    def the_ledger_holds_what_the_model_holds(self) -> None:
        view = self.dues.ledger()
        held = {Pot.DUES: view.balance, Pot.CENTRE: view.centre_balance}
        assert held == self.model.held
        assert view.opening + view.received == view.remitted + view.balance
        for check in ("dues_ledgers_balance", "dues_months_paid_once", "dues_payments_add_up"):
            assert run_data_checks(self.session, PLACE, only=f"party.{check}")[0].findings == ()

    @invariant()
    def everybody_has_paid_the_months_that_the_model_has(self) -> None:
        lines = {line.member_id: line for line in self.dues.ledger_sheet(2026).lines}
        for number, member_id in enumerate(self.hall.full):
            line = lines[member_id]
            paid = {month for month in range(1, LAST + 1) if getattr(line, f"m{month}")[:1].isdigit()}
            assert paid == {month for who, month in self.model.paid if who == number}
            owed = [
                money
                for (who, month), money in self.model.figures.items()
                if who == number and month < NOW and (who, month) not in self.model.paid
            ]
            assert line.arrears == Money.total(owed)


def test_any_order_of_payments_conserves_money(shared_engine: Engine) -> None:
    machine = type("Machine", (Dues,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=12, stateful_step_count=25, deadline=None)
    )
