"""A store: a made district with two kinds of goods, and the slips that move them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tests.unified.budget.chamber import staff_of
from xuequ import Actor, District
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.source import Source
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.budget.schemas.stock import (
    Counted,
    ItemQuantity,
    NewItem,
    Returned,
    StockCount,
    StockIssue,
    StockMoveView,
    StockReceipt,
    StockReturn,
)

PLACE = "530921/qianfeng"
TODAY = date(2026, 10, 20)
PAPER, CHALK = "paper", "chalk"
ITEMS = [NewItem(code=PAPER, name="打印纸", unit="包"), NewItem(code=CHALK, name="粉笔", unit="盒")]


def day(number: int) -> date:
    """Return a day of October."""
    return date(2026, 10, number)


def slip(number: int) -> Source:
    """Return a slip of paper as a source."""
    return Source("test.slip", number)


def lines(*named: tuple[str, str]) -> tuple[ItemQuantity, ...]:
    return tuple(ItemQuantity(item=item, quantity=Decimal(amount)) for item, amount in named)


@dataclass(frozen=True)
class Store:
    """What stands: the door, and the district's staff."""

    door: District
    staff: list[int]

    @property
    def stock(self) -> Any:
        return self.door.budget.stock

    def as_(self, actor: Actor) -> Any:
        """Return the stock as somebody else sees it."""
        settings = Settings(clock=FixedClock.at(TODAY))
        session = self.door.context.session
        return District(session, self.door.context.place, actor=actor, settings=settings).budget.stock

    def receive(self, number: int, on: int, *named: tuple[str, str]) -> list[StockMoveView]:
        made: dict[str, Any] = {
            "source": slip(number),
            "day": day(on),
            "paper": f"R{number}",
            "lines": lines(*named),
        }
        return list(self.stock.receive(StockReceipt(**made)))

    def issue(self, number: int, on: int, *named: tuple[str, str], **more: Any) -> list[StockMoveView]:
        return list(self.stock.issue(self.issuing(number, on, *named, **more)))

    def issuing(self, number: int, on: int, *named: tuple[str, str], **more: Any) -> StockIssue:
        made: dict[str, Any] = {"source": slip(number), "day": day(on), "staff_id": self.staff[0]}
        made |= {"lines": lines(*named), **more}
        return StockIssue(**made)

    def take_back(self, number: int, on: int, move_id: int, amount: str) -> list[StockMoveView]:
        back = (Returned(move_id=move_id, quantity=Decimal(amount)),)
        return list(self.stock.take_back(StockReturn(source=slip(number), day=day(on), lines=back)))

    def count(self, number: int, on: int, item: str, amount: str) -> list[StockMoveView]:
        found = (Counted(item=item, quantity=Decimal(amount), reason="盘点"),)
        return list(self.stock.count(StockCount(source=slip(number), day=day(on), lines=found)))

    def left(self, item: str = PAPER, on: int | None = None) -> Decimal:
        found = {one.code: one.balance for one in self.stock.stock(day(on) if on else None)}
        return Decimal(found[item])


def store(session: Session, place: str = PLACE) -> Store:
    """Make a district that keeps paper and chalk and has none yet."""
    settings = Settings(clock=FixedClock.at(TODAY))
    door = make_district(session, place, schools=1, pupils=0, staff=2, actor=MAKER, settings=settings)
    door.budget.stock.add_items(ITEMS)
    return Store(door, staff_of(session, place))
