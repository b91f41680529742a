"""From rows of the ledger to views."""

from __future__ import annotations

from datetime import date

from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.rules.dues import first_of
from xuequ.unified.party.schemas.dues import LedgerLine, LedgerView, PaymentView, RemittanceView
from xuequ.unified.party.service.dues.accounts import Accounts
from xuequ.unified.party.states.dues import DuesCategory, Pot


def balance_of(ledger: AnyRow, pot: Pot) -> Money:
    """Return what a ledger holds of the dues, or of the money for the Centre."""
    if pot is Pot.CENTRE:
        return Money(ledger.centre_received.fen - ledger.centre_remitted.fen)
    return Money(ledger.opening.fen + ledger.received.fen - ledger.remitted.fen)


def ledger_view(row: AnyRow) -> LedgerView:
    """Return a ledger's account."""
    return LedgerView(
        branch_id=row.branch_id,
        since=row.since,
        opening=row.opening,
        received=row.received,
        remitted=row.remitted,
        balance=balance_of(row, Pot.DUES),
        centre_received=row.centre_received,
        centre_remitted=row.centre_remitted,
        centre_balance=balance_of(row, Pot.CENTRE),
    )


def payment_view(row: AnyRow) -> PaymentView:
    """Return a payment."""
    return PaymentView(
        id=row.id,
        member_id=row.member_id,
        name=row.name,
        staff_no=row.staff_no,
        receipt=row.receipt,
        first=row.first,
        last=row.last,
        due=row.due,
        extra=row.extra,
        pot=Pot(row.pot),
        amount=row.due + row.extra,
        paid_on=row.paid_on,
        received_by=row.received_by,
        proxy=row.proxy,
        consent=row.consent,
        voided_on=row.voided_on,
        void_reason=row.void_reason or "",
    )


def remittance_view(row: AnyRow, district: str, branch: str) -> RemittanceView:
    """Return a remittance as its slip shows it."""
    return RemittanceView(
        id=row.id,
        district=district,
        branch=branch,
        number=row.number,
        pot=Pot(row.pot),
        amount=row.amount,
        capitals=row.amount.capitals(),
        remitted_on=row.remitted_on,
        remitted_by=row.remitted_by,
        receiver=row.receiver,
        voided_on=row.voided_on,
        void_reason=row.void_reason or "",
    )


def unpaid(accounts: Accounts, member_id: int) -> dict[date, Money]:
    """Return what was assessed for months that a member owes and has not paid."""
    return {
        month: accounts.assessed[member_id, month].amount
        for month in accounts.owed(member_id)
        if (member_id, month) not in accounts.paid and (member_id, month) in accounts.assessed
    }


def month_cell(accounts: Accounts, member_id: int, month: date, today: date) -> str:
    """Say of one month what the ledger says: paid, exempted, owed, not owed here."""
    key = (member_id, month)
    if key in accounts.paid:
        return str(accounts.paid[key].amount)
    if month <= accounts.settled(member_id):
        return "清"
    if month not in accounts.owed(member_id):
        return "—"
    if key not in accounts.assessed:
        return "未核定" if month <= first_of(today) else ""
    due = accounts.assessed[key].amount
    if not due:
        return "免"
    return f"欠 {due}" if month < first_of(today) else f"应交 {due}"


def ledger_line(
    accounts: Accounts,
    member_id: int,
    year: int,
    today: date,
    *,
    extra: Money,
    arrears: Money,
    age: int | None,
) -> LedgerLine:
    """Return one member's year in the ledger."""
    member = accounts.members[member_id]
    months = [date(year, number, 1) for number in range(1, 13)]
    cells = {f"m{month.month}": month_cell(accounts, member_id, month, today) for month in months}
    known = [
        accounts.assessed[member_id, month] for month in months if (member_id, month) in accounts.assessed
    ]
    paid = [accounts.paid[member_id, month].amount for month in months if (member_id, month) in accounts.paid]
    return LedgerLine(
        member_id=member_id,
        name=member.name,
        staff_no=member.staff_no,
        category=DuesCategory(known[-1].category) if known else None,
        paid=Money.total(paid),
        extra=extra,
        arrears=arrears,
        age=age,
        **cells,
    )
