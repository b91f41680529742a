"""Use cases of office goods in stock 办公用品库存."""

from __future__ import annotations

from xuequ.unified.budget.service.stock.items import ItemCases
from xuequ.unified.budget.service.stock.moving import MovingCases
from xuequ.unified.budget.service.stock.showing import ShowingCases

__all__ = ["StockService"]


class StockService(ItemCases, MovingCases, ShowingCases):
    """Office goods in stock: by quantity only, since what they cost is in the budget's ledger.

    A price for each piece would be a second truth about money that a claim has paid.
    """
