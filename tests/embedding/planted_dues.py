"""Defects of dues, planted past the constraints: one for each data check."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from tests.embedding.planted_members import member
from tests.unified.party.treasury import OPENED, OPENING, month, pay, paying, salaried, set_rule
from xuequ import District, Money
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.party.models.dues import DuesLedger, DuesMonth
from xuequ.unified.party.schemas.dues import LedgerOpening, PaymentView


def _paid(session: Session) -> list[PaymentView]:
    """Let a member pay two months, each with a receipt of its own."""
    one = member(session)
    door = District(session, "530921/qianfeng", actor=MAKER, settings=SETTINGS)
    set_rule(door, "party.dues.rounding", "jiao")
    set_rule(door, "party.dues.first_month", "whole")
    door.party.dues.open_ledger(LedgerOpening(since=OPENED, balance=OPENING, authority="党费专用账簿"))
    door.party.dues.set_bases([salaried(one)])
    return list(pay(door, paying(one, month(7)), paying(one, month(8))))


def out_of_balance(session: Session) -> None:
    _paid(session)
    session.execute(update(DuesLedger).values(received=DuesLedger.received + Money(1)))


def paid_twice(session: Session) -> None:
    _, second = _paid(session)
    table = cast("Table", DuesMonth.__table__)
    next(one for one in table.indexes if "paid" in str(one.name)).drop(session.connection())
    again = update(DuesMonth).where(DuesMonth.payment_id == second.id)
    session.execute(again.values(month=month(7)))


def unlike_its_months(session: Session) -> None:
    first, _ = _paid(session)
    session.execute(update(DuesMonth).where(DuesMonth.payment_id == first.id).values(amount=Money(1)))


PLANTED: dict[str, Callable[[Session], None]] = {
    "party.dues_ledgers_balance": out_of_balance,
    "party.dues_months_paid_once": paid_twice,
    "party.dues_payments_add_up": unlike_its_months,
}
"""Data check → what it must find, and no other check."""
