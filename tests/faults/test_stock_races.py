"""Slips at once: the last piece is handed out once."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.faults.test_council_races import Act, together
from tests.unified.budget.store import PAPER, store
from xuequ import District
from xuequ.unified.budget.models.stock import StockItem, StockMove
from xuequ.unified.budget.schemas.stock import StockIssue


def prepared(engine: Engine) -> list[StockIssue]:
    """Have ten on the shelf; return two slips for six."""
    with Session(engine) as session:
        made = store(session)
        made.receive(1, 1, (PAPER, "10"))
        session.commit()
        return [made.issuing(number, 2, (PAPER, "6")) for number in (2, 3)]


def left(engine: Engine) -> tuple[str, int]:
    with Session(engine) as session:
        balance = session.scalars(select(StockItem.balance).where(StockItem.code == PAPER)).one()
        return str(balance), session.scalars(select(func.count()).select_from(StockMove)).one()


def test_of_two_issues_that_together_ask_too_much_one_is_handed_out(engine: Engine) -> None:
    slips = prepared(engine)

    def issuing(slip: StockIssue) -> Act:
        return lambda door: door.budget.stock.issue(slip)

    came = together(engine, [issuing(slip) for slip in slips])
    assert came == Counter({"done": 1, "budget.stock_short": 1})
    assert left(engine) == ("4.00", 2)


def test_one_slip_that_is_sent_twice_at_once_is_handed_out_once(engine: Engine) -> None:
    slip = prepared(engine)[0]

    def issuing(door: District) -> object:
        return door.budget.stock.issue(slip)

    assert together(engine, [issuing] * 2) == Counter({"done": 2})
    assert left(engine) == ("4.00", 2)
