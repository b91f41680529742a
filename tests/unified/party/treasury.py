"""A branch that keeps its dues: local rules set, a ledger opened, bases recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.unified.party.hall import PLACE, TODAY, Hall, hall
from xuequ import Actor, District, Money
from xuequ.core.settings import FixedClock, Settings
from xuequ.standards.schemas import StandardValue
from xuequ.testing.factories import MAKER
from xuequ.unified.party.models.dues import DuesAssessment
from xuequ.unified.party.schemas.dues import (
    BaseSetting,
    LedgerOpening,
    Paying,
    PaymentView,
    Reducing,
    Voiding,
)
from xuequ.unified.party.states.dues import DuesCategory, PayItem

OPENED = date(2026, 1, 1)
OPENING = Money.yuan(100)
MISTAKE = Voiding(reason="金额录错")
JANUARY, OCTOBER, NOVEMBER, DECEMBER = OPENED, date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
BASE = Money.yuan(5010)
SET = date(2025, 12, 1)


def set_rule(door: District, key: str, value: str, since: date = SET) -> None:
    """Let the district set a rule parameter."""
    fields: dict[str, Any] = {
        "key": key,
        "value": value,
        "since": since,
        "authority": "支部决议",
        "reason": "补录",
    }
    door.standards.record(StandardValue(**fields))


def salaried(member_id: int, pay: Money = BASE, since: date = OPENED, **more: Any) -> BaseSetting:
    """Return the base of somebody who earns a post wage only."""
    items = {PayItem.POST_WAGE: pay}
    return BaseSetting(member_id=member_id, since=since, category=DuesCategory.SALARIED, items=items, **more)


def treasury(
    session: Any, place: str = PLACE, *, today: date = TODAY, members: int = 4, probationary: int = 0
) -> Hall:
    """Make a branch whose ledger has been kept since January and whose members all earn 5,010."""
    made = hall(session, place, full=members, probationary=probationary, committee=0, spare=1, today=today)
    set_rule(made.door, "party.dues.rounding", "jiao")
    set_rule(made.door, "party.dues.first_month", "whole")
    dues = made.door.party.dues
    dues.open_ledger(LedgerOpening(since=OPENED, balance=OPENING, authority="党费专用账簿"))
    dues.set_bases([salaried(one) for one in (*made.full, *made.probationary)])
    return made


def paying(
    member_id: int,
    first: date | None,
    last: date | None = None,
    amount: Money | None = None,
    receipt: str = "",
    **more: Any,
) -> Paying:
    """Return a payment of some months; of what is due for them when no amount is given."""
    last = last or first
    months = (
        0 if first is None or last is None else (last.year - first.year) * 12 + last.month - first.month + 1
    )
    return Paying(
        member_id=member_id,
        receipt=receipt or f"{member_id}-{first and f'{first:%y%m}'}-{last and f'{last:%y%m}'}",
        first=first,
        last=last,
        amount=MONTHLY * months if amount is None else amount,
        **more,
    )


MONTHLY = Money.yuan("75.20")
"""1.5 % of 5,010 is 75.15, which the district rounds to 75.20."""


def pay(door: District, *rows: Paying) -> Sequence[PaymentView]:
    """Pay."""
    return door.party.dues.pay(list(rows))


def at(made: Hall, day: date, actor: Actor = MAKER) -> District:
    """Open the door on another day."""
    settings = Settings(clock=FixedClock.at(day))
    return District(made.session, made.door.context.place, actor=actor, settings=settings)


def month(number: int, year: int = 2026) -> date:
    return date(year, number, 1)


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
