"""Use cases of the kinds of goods that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.unified.budget.actions.stock import ADD_STOCK_ITEMS, CLOSE_STOCK_ITEM
from xuequ.unified.budget.errors.stock import ItemThere
from xuequ.unified.budget.facts.stock import StockItemClosed, StockItemsAdded
from xuequ.unified.budget.rules.stock import closing_problems, twice_problems
from xuequ.unified.budget.schemas.stock import ItemStock, NewItem
from xuequ.unified.budget.service.stock.steps import StockSteps


class ItemCases(StockSteps):
    """Items 品目: added when first bought, closed when used up."""

    @use_case(ADD_STOCK_ITEMS)
    def add_items(self, items: Sequence[NewItem]) -> list[ItemStock]:
        """Add kinds of goods; one that is there with the same name and unit stays as it is.

        Raises:
            ItemTwice: the list has a code twice.
            ItemThere: the code is that of another item.
            Problems: when there is more than one of these.
        """
        refuse_if(twice_problems(one.code for one in items))
        added = self._rows.add_items([one.model_dump() for one in items])
        there = {row.code: row for row in self._rows.items()}
        refuse_if(
            [
                Problem(ItemThere(item=one.code, name=row.name, unit=row.unit))
                for one in items
                if ((row := there[one.code]).name, row.unit) != (one.name, one.unit)
            ]
        )
        if added:
            self.context.announce(StockItemsAdded(item_ids=tuple(sorted(added))))
        return [ItemStock.model_validate(there[one.code], from_attributes=True) for one in items]

    @use_case(CLOSE_STOCK_ITEM)
    def close_item(self, code: str, on: date | None = None) -> ItemStock:
        """Close an item of which nothing is left, from a day on; today when left out.

        Raises:
            ItemUnknown: there is no such item here.
            ItemClosed, StockLeft, MoveAhead: it is closed, has stock or moved later, or the day is ahead.
            Problems: when there is more than one of these.
        """
        on = on or self.context.today
        item_id = self._ids_of([code])[code]
        item = self._locked([item_id], on)[item_id]
        refuse_if(closing_problems(item, self._rows.last_day(item_id), on, self.context.today))
        self._rows.close(item_id, on)
        self.context.announce(StockItemClosed(item_id=item_id, closed_on=on))
        return ItemStock.model_validate(self._rows.item(code), from_attributes=True)
