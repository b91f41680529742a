"""What happened to office goods in stock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItemsAdded(Fact):
    """Kinds of goods were added to the stock."""

    name: ClassVar[str] = "budget.stock_items_added"

    item_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItemClosed(Fact):
    """A kind of goods is no longer kept."""

    name: ClassVar[str] = "budget.stock_item_closed"

    item_id: int
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StockMoved(Fact):
    """A slip of movements was recorded: of which kind, from which source."""

    name: ClassVar[str] = "budget.stock_moved"

    kind: str
    move_ids: tuple[int, ...]
    day: date
    source: Source
