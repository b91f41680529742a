"""Defects of dues, planted past the constraints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.unified.party.treasury import MONTHLY, paying, salaried, set_rule
from xuequ import District, Money
from xuequ.registry.models.staff import Staff
from xuequ.testing.factories import DAY, MAKER, SETTINGS
from xuequ.unified.party.schemas.dues import LedgerOpening
from xuequ.unified.party.schemas.members import BranchFoundation, MemberEntry
from xuequ.unified.party.states.members import MemberState

FOUNDED, JANUARY, AUGUST = date(2019, 7, 1), date(2026, 1, 1), date(2026, 8, 1)


def _paid(session: Session) -> None:
    """Found a branch with a ledger and one member, who has paid for two months with two receipts."""
    door = District(session, "530921/qianfeng", actor=MAKER, settings=SETTINGS)
    named = BranchFoundation(name="支部", superior="镇党委", since=FOUNDED, full_members=3, authority="文")
    door.party.members.found_branch(named)
    person = session.scalars(select(Staff.person_id).where(Staff.staff_no == "qianfeng-s1-T1")).one()
    joined, full_on = date(2010, 6, 20), date(2011, 6, 20)
    entry = MemberEntry(person_id=person, state=MemberState.FULL, joined_on=joined, full_on=full_on)
    (one,) = door.party.members.enter_members([entry])
    set_rule(door, "party.dues.rounding", "jiao")
    dues = door.party.dues
    dues.open_ledger(LedgerOpening(since=JANUARY, balance=Money(0), authority="账簿"))
    dues.set_bases([salaried(one)])
    dues.pay([paying(one, AUGUST, amount=MONTHLY), paying(one, DAY, amount=MONTHLY)])
    session.flush()


def money_in_the_ledger_alone(session: Session) -> None:
    _paid(session)
    session.execute(text("UPDATE xq_party_dues_ledger SET received = received + 1"))


def one_month_twice(session: Session) -> None:
    _paid(session)
    session.execute(text("DROP INDEX uq_xq_party_dues_month_paid"))
    session.execute(text("UPDATE xq_party_dues_month SET month = :month"), {"month": AUGUST})


def months_worth_less(session: Session) -> None:
    _paid(session)
    less = "UPDATE xq_party_dues_month SET amount = amount - 1 WHERE month = :month"
    session.execute(text(less), {"month": AUGUST})


PLANTED: dict[str, Callable[[Session], None]] = {
    "party.dues_ledgers_balance": money_in_the_ledger_alone,
    "party.dues_months_paid_once": one_month_twice,
    "party.dues_payments_add_up": months_worth_less,
}
