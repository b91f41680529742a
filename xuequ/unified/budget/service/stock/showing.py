"""Readings of stock: on a day, on a card, in the ledger of a span."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from xuequ.core.context import reading
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.stock import VIEW_STOCK
from xuequ.unified.budget.errors.stock import ItemUnknown
from xuequ.unified.budget.rules.stock import NONE, running
from xuequ.unified.budget.schemas.stock import CardLine, ItemStock, StockCard, StockLedger, StockLedgerLine
from xuequ.unified.budget.service.stock.steps import StockSteps, move_values
from xuequ.unified.budget.states.stock import StockKind

_DAY = timedelta(days=1)


class ShowingCases(StockSteps):
    """What there is, and how it came to be."""

    @reading(VIEW_STOCK)
    def stock(self, on: date | None = None) -> list[ItemStock]:
        """Return what there is of each item at the end of a day, but for items closed by then."""
        on = on or self.context.today
        sums = self._rows.sums_until(on + _DAY)
        return [
            ItemStock.model_validate(row, from_attributes=True).model_copy(
                update={"balance": sums.get(row.id, NONE)}
            )
            for row in self._rows.items()
            if row.closed_on is None or row.closed_on > on
        ]

    @reading(VIEW_STOCK)
    def card(self, item_code: str, since: date, until: date) -> StockCard:
        """Return an item's card 收发存卡: the opening balance, and each movement with what is left after it.

        Raises:
            ItemUnknown: there is no such item here.
            SpanBackwards: the span would hold no day.
        """
        span = DaySpan(since, until)
        item = self._rows.item(item_code)
        if item is None:
            raise ItemUnknown(item=item_code)
        opening = self._rows.sums_until(since).get(item.id, NONE)
        rows = self._rows.card(item.id, since, until)
        balances = running(opening, [row.change for row in rows])
        return StockCard(
            district=self._rows.district_name(),
            item=item.code,
            name=item.name,
            unit=item.unit,
            since=since,
            last_day=span.last_day or since,
            opening=opening,
            closing=balances[-1] if balances else opening,
            lines=tuple(
                CardLine(**move_values(row), balance=left) for row, left in zip(rows, balances, strict=True)
            ),
        )

    @reading(VIEW_STOCK)
    def ledger(self, since: date | None = None, until: date | None = None) -> StockLedger:
        """Return the ledger 收发存台账 of a span; this month when left out, or the month of `since`.

        Raises:
            SpanBackwards: the span would hold no day.
        """
        since = since or self.context.today.replace(day=1)
        span = DaySpan(since, until or (since.replace(day=1) + 31 * _DAY).replace(day=1))
        end = (span.last_day or since) + _DAY
        opening, moved = self._rows.sums_until(since), self._rows.sums_within(since, end)
        return StockLedger(
            district=self._rows.district_name(),
            since=since,
            last_day=end - _DAY,
            lines=tuple(
                _line(row, opening.get(row.id, NONE), moved)
                for row in self._rows.items()
                if row.closed_on is None or row.closed_on >= since
            ),
        )


def _line(row: AnyRow, opening: Decimal, moved: dict[tuple[int, StockKind], Decimal]) -> StockLedgerLine:
    kinds = (StockKind.RECEIVED, StockKind.RETURNED, StockKind.ISSUED, StockKind.COUNTED)
    sums: dict[str, Any] = {kind.code: moved.get((row.id, kind), NONE) for kind in kinds}
    closing = opening + sum(sums.values(), NONE)
    sums["issued"] = -sums["issued"]
    named = {"code": row.code, "name": row.name, "unit": row.unit}
    return StockLedgerLine(**named, opening=opening, closing=closing, **sums)
