"""Payments of dues: by the month, by the quarter, by somebody else, and more than is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id, take_ids
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.dues import RECEIVE_DUES, VOID_DUES
from xuequ.unified.party.errors.dues import (
    DuesMonthsBackwards,
    LedgerShort,
    PaymentUnknown,
    PaymentVoided,
    ReceiptUsed,
)
from xuequ.unified.party.facts.dues import DuesPaid, DuesPaymentVoided
from xuequ.unified.party.models.dues import DuesMonth, DuesPayment
from xuequ.unified.party.rules.dues import months_between
from xuequ.unified.party.rules.dues_paying import (
    Paying,
    amount_problems,
    month_problems,
    month_text,
    pot_of_extra,
    time_problems,
)
from xuequ.unified.party.schemas import dues as schemas
from xuequ.unified.party.schemas.dues import Giving, PaymentView, Voiding
from xuequ.unified.party.service.dues.accounts import Accounts, Due
from xuequ.unified.party.service.dues.steps import DuesSteps
from xuequ.unified.party.service.dues.viewing import balance_of, payment_view
from xuequ.unified.party.states.dues import Pot

_PAYMENT = (
    *("id", "district_id", "branch_id", "member_id", "receipt", "due", "extra", "pot"),
    *("paid_on", "received_by", "proxy", "consent", "reason"),
)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A payment that nothing speaks against: what it is of, and where the rest goes."""

    paying: Paying
    dues: Sequence[tuple[date, Due]]
    extra: Money
    pot: Pot

    @property
    def due(self) -> Money:
        return Money.total(due.amount for _, due in self.dues)


@dataclass(slots=True)
class _Batch:
    """The payments of one call as they are looked at, one after the other."""

    accounts: Accounts
    used: set[str]
    months: set[tuple[int, date]] = field(default_factory=set[tuple[int, date]])
    taken: list[_Taken] = field(default_factory=list[_Taken])
    problems: list[Problem] = field(default_factory=list[Problem])


class Receiving(DuesSteps):
    """Money that comes in, and what was entered by mistake."""

    @use_case(RECEIVE_DUES)
    def pay(self, rows: Sequence[schemas.Paying]) -> list[PaymentView]:
        """Receive dues 收缴; all rows or none. Months that were not assessed are reckoned now.

        What is paid beyond the dues of the months is extra; from a certain sum at once, that part goes wholly
        to the Centre. Sent again, a receipt is refused; under a key, ``district.once(key, …)`` answers again.

        Returns:
            The payments, in the order of the rows.

        Raises:
            LedgerMissing, BranchMissing: before there is a ledger.
            MemberUnknown: for a member of another district.
            ReceiptUsed: for a number that was used.
            MonthPaid, MonthSettled, MonthElsewhere, BackPaymentTooLong, TooManyMonths, ConsentMissing,
            DuesMonthsBackwards, DuesBaseMissing: for the months.
            DuesShort, DuesNegative, NothingPaid: for the amount.
            PaidAhead: for a day to come.
            Problems: when there is more than one of these.
        """
        ledger = self._ledger(self._hold())
        names = self._named(row.member_id for row in rows)
        payings = [self._paying(row, names[row.member_id]) for row in rows]
        accounts = self._accounts_of(ledger, rows, payings)
        batch = _Batch(accounts, self._rows.receipts(ledger.branch_id, [row.receipt for row in rows]))
        for row, paying in zip(rows, payings, strict=True):
            self._look_at(batch, row, paying)
        refuse_if(batch.problems)
        return self._receive(ledger, rows, batch)

    @use_case(RECEIVE_DUES)
    def give(self, command: Giving) -> PaymentView:
        """Receive what a member gives beyond the dues 自愿多交; a great gift 大额党费 goes to the Centre.

        Raises:
            LedgerMissing, BranchMissing, MemberUnknown, ReceiptUsed, DuesNegative, NothingPaid, PaidAhead: as
            `pay` does.
        """
        return self.pay([schemas.Paying(**dict(command))])[0]

    @use_case(VOID_DUES)
    def void_payment(self, payment_id: int, command: Voiding) -> None:
        """Void a payment that was entered by mistake 作废: it stays, with a reversing entry and the reason.

        Its months can be paid again; its receipt is not used again.

        Raises:
            PaymentUnknown: when the branch has none of that id.
            PaymentVoided: when it was voided already.
            LedgerShort: when the money was remitted meanwhile.
            DayAhead: for a day to come.
        """
        ledger, day = self._ledger(self._hold()), self._past(command.on)
        found = self._rows.payment(ledger.branch_id, payment_id)
        if found is None:
            raise PaymentUnknown(payment=str(payment_id))
        if found.voided_id is not None or found.reverses_id is not None:
            raise PaymentVoided(receipt=found.receipt)
        received = {Pot.DUES: -found.due, Pot.CENTRE: Money(0)}
        received[Pot(found.pot)] -= found.extra
        if not self._rows.book(ledger.branch_id, received, {}):
            pot = next(one for one, money in received.items() if balance_of(ledger, one) < -money)
            balance = str(balance_of(ledger, pot))
            raise LedgerShort(pot=pot.label, amount=str(-received[pot]), balance=balance)
        reversal_id, kept = new_id(), ("district_id", "branch_id", "member_id", "receipt", "pot")
        self._rows.add_given(
            DuesPayment,
            id=reversal_id,
            due=-found.due,
            extra=-found.extra,
            paid_on=max(day, found.paid_on),
            received_by=self._whoever(""),
            reverses_id=payment_id,
            reason=command.reason,
            **{name: getattr(found, name) for name in kept},
        )
        self._rows.void_months(payment_id, reversal_id)
        self.context.announce(DuesPaymentVoided(payment_id=payment_id, reversal_id=reversal_id))

    # steps

    def _paying(self, row: schemas.Paying, name: str) -> Paying:
        if (row.first is None) != (row.last is None):
            raise DuesMonthsBackwards(first=_said(row.first), last=_said(row.last))
        months: list[date] = []
        if row.first is not None and row.last is not None:
            months = months_between(row.first, row.last)
            if not months:
                raise DuesMonthsBackwards(first=_said(row.first), last=_said(row.last))
        return Paying(
            who=name,
            months=tuple(months),
            amount=row.amount,
            paid_on=row.paid_on or self.context.today,
            proxy=row.proxy,
            consent=row.consent,
        )

    def _accounts_of(
        self, ledger: AnyRow, rows: Sequence[schemas.Paying], payings: Sequence[Paying]
    ) -> Accounts:
        months = [month for paying in payings for month in paying.months] or [ledger.since]
        return self._accounts(ledger, min(months), max(months), {row.member_id for row in rows})

    def _look_at(self, batch: _Batch, row: schemas.Paying, paying: Paying) -> None:
        """Note a payment, or what speaks against it."""
        one, accounts, standards = row.member_id, batch.accounts, self.context.standards
        wrong: list[Problem] = []
        if row.receipt in batch.used:
            wrong.append(Problem(ReceiptUsed(receipt=row.receipt)))
        batch.used.add(row.receipt)
        wrong += month_problems(
            paying,
            owed=accounts.owed(one),
            paid=[
                month
                for month in paying.months
                if (one, month) in accounts.paid or (one, month) in batch.months
            ],
            settled=accounts.settled(one),
        )
        wrong += time_problems(paying, standards, self.context.today)
        dues: list[tuple[date, Due]] = []
        for month in paying.months if not wrong else ():
            due = accounts.due(one, month)
            if isinstance(due, Problem):
                wrong.append(due)
            else:
                dues.append((month, due))
        total = Money.total(due.amount for _, due in dues)
        wrong += amount_problems(paying, total)
        batch.problems += wrong
        batch.months |= {(one, month) for month in paying.months}
        if not wrong:
            extra = paying.amount - total
            pot = pot_of_extra(extra, standards, paying.paid_on)
            batch.taken.append(_Taken(paying, dues, extra, pot))

    def _receive(self, ledger: AnyRow, rows: Sequence[schemas.Paying], batch: _Batch) -> list[PaymentView]:
        self._keep_figures(batch.accounts)
        ids, listed, months = take_ids(len(rows)), list[tuple[Any, ...]](), list[tuple[Any, ...]]()
        for one, row, taken in zip(ids, rows, batch.taken, strict=True):
            whose = (one, ledger.district_id, ledger.branch_id, row.member_id)
            what = (row.receipt, taken.due, taken.extra, taken.pot.code, taken.paying.paid_on)
            listed.append((*whose, *what, self._whoever(row.received_by), row.proxy, row.consent, ""))
            months += [
                (one, row.member_id, month, due.assessment_id, due.amount) for month, due in taken.dues
            ]
        self._rows.load_given(DuesPayment, _PAYMENT, listed)
        columns = ("payment_id", "member_id", "month", "assessment_id", "amount")
        self._rows.load(DuesMonth, columns, months)
        if not rows:
            return []
        received = {
            Pot.DUES: Money.total(taken.due for taken in batch.taken),
            Pot.CENTRE: Money(0),
        }
        for taken in batch.taken:
            received[taken.pot] += taken.extra
        booked = self._rows.book(ledger.branch_id, received, {})
        assert booked, "what comes in can always be booked"
        total = Money.total(row.amount for row in rows)
        self.context.announce(DuesPaid(branch_id=ledger.branch_id, payment_ids=tuple(ids), amount=total))
        views = {row.id: payment_view(row) for row in self._rows.payments(ledger.branch_id, ids=ids)}
        return [views[one] for one in ids]


def _said(month: date | None) -> str:
    return "（未填）" if month is None else month_text(month)
