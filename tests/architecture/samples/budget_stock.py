"""Samples of office goods in stock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from xuequ.core.source import Source
from xuequ.testing.factories import DAY
from xuequ.unified.budget.schemas.stock import (
    Counted,
    ItemQuantity,
    NewItem,
    Returned,
    StockCount,
    StockIssue,
    StockReceipt,
    StockReturn,
    StockReversal,
)

SLIP = Source("test.slip", 1)
LINES = (ItemQuantity(item="paper", quantity=Decimal(1)),)
ITEM = NewItem(code="paper", name="打印纸", unit="包")
RECEIPT = StockReceipt(source=SLIP, day=DAY, paper="R1", lines=LINES)


def _added(door: Any) -> str:
    maker(door).budget.stock.add_items([ITEM])
    return ITEM.code


def _received(door: Any) -> int:
    _added(door)
    return int(maker(door).budget.stock.receive(RECEIPT)[0].id)


def _receipt(door: Any) -> StockReceipt:
    _added(door)
    return RECEIPT


def _issue(door: Any) -> StockIssue:
    _received(door)
    return StockIssue(source=SLIP, day=DAY, staff_id=staff_id(door), lines=LINES)


def _return(door: Any) -> StockReturn:
    move_id = maker(door).budget.stock.issue(_issue(door))[0].id
    return StockReturn(source=SLIP, day=DAY, lines=(Returned(move_id=move_id, quantity=Decimal(1)),))


def _count(door: Any) -> StockCount:
    found = Counted(item=_added(door), quantity=Decimal(2), reason="盘点")
    return StockCount(source=SLIP, day=DAY, lines=(found,))


SAMPLES: dict[str, Sample] = {
    "budget.stock.add_items": lambda door: ([ITEM],),
    "budget.stock.close_item": lambda door: (_added(door),),
    "budget.stock.receive": lambda door: (_receipt(door),),
    "budget.stock.issue": lambda door: (_issue(door),),
    "budget.stock.take_back": lambda door: (_return(door),),
    "budget.stock.count": lambda door: (_count(door),),
    "budget.stock.reverse": lambda door: (_received(door), StockReversal(reason="录错")),
    "budget.stock.stock": lambda door: (),
    "budget.stock.card": lambda door: (_added(door), DAY, DAY.replace(day=2)),
    "budget.stock.ledger": lambda door: (),
}
