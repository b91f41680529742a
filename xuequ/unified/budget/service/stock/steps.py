"""What the use cases of stock share: locking items, and recording a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from xuequ.core.context import Service
from xuequ.core.errors import Problem, Stale, refuse_if
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.stock import ItemUnknown, MoveDiffers
from xuequ.unified.budget.facts.stock import StockMoved
from xuequ.unified.budget.repository.stock import StockRows
from xuequ.unified.budget.rules.stock import NONE, Goods, Planned, moving_problems
from xuequ.unified.budget.schemas.stock import StockMoveView
from xuequ.unified.budget.states.stock import StockKind

_SHOWN = (
    *("id", "item", "name", "unit", "change", "counted", "day", "paper", "school", "office", "staff_no"),
    *("staff", "by", "reason", "returns_id", "reverses_id"),
)


class StockSteps(Service):
    """Locking, judging and writing the movements of a slip."""

    @property
    def _rows(self) -> StockRows:
        return StockRows(self.context.session, self.context.scope, self.context.place)

    def _ids_of(self, codes: Iterable[str]) -> dict[str, int]:
        codes = list(codes)
        ids = self._rows.ids_of(codes)
        refuse_if([Problem(ItemUnknown(item=code)) for code in dict.fromkeys(codes) if code not in ids])
        return ids

    def _locked(self, ids: Iterable[int], day: date) -> dict[int, Goods]:
        """Lock items in the order of their ids; return how they stand, as seen from a day."""
        rows = self._rows.lock_items(ids)
        listed = [row.id for row in rows]
        counted, later = self._rows.counted_on(listed), self._rows.later(listed, day)
        return {
            row.id: Goods(
                *(row.id, row.name, row.unit, row.balance, row.closed_on),
                counted_on=counted.get(row.id),
                later=later.get(row.id, ()),
            )
            for row in rows
        }

    def _actor_id(self) -> int | None:
        number = self.context.acting.staff_no
        return self._rows.staff_id(number) if number else None

    def _before(
        self, kind: StockKind, source: Source, day: date, planned: Sequence[Planned]
    ) -> list[StockMoveView] | None:
        """Return what a source recorded before, or nothing; another content is refused."""
        found = self._rows.slip(kind, source)
        if not found:
            return None
        if [_content(kind, row, row.day) for row in found] != [_content(kind, one, day) for one in planned]:
            raise MoveDiffers(source=str(source))
        return [move_view(row) for row in found]

    def _record(
        self, kind: StockKind, source: Source, day: date, goods: dict[int, Goods], planned: Sequence[Planned]
    ) -> list[StockMoveView]:
        """Judge and write the movements of a slip whose items are locked."""
        refuse_if(moving_problems(goods, planned, day, self.context.today))
        changes: dict[int, Decimal] = {}
        for one in planned:
            changes[one.item_id] = changes.get(one.item_id, NONE) + one.change
        slip: dict[str, Any] = {
            "kind": kind.code,
            "day": day,
            "source_kind": source.kind,
            "source_id": source.id,
            "by_id": self._actor_id(),
        }
        rows = [{**slip, "line": line, **asdict(one)} for line, one in enumerate(planned, 1)]
        moves = self._rows.add_moves(rows)
        if len(moves) != len(planned) or not self._rows.shift(changes):
            raise Stale(what=f"单据 {source}")
        self.context.announce(StockMoved(kind=kind.code, move_ids=tuple(moves), day=day, source=source))
        return [move_view(row) for row in self._rows.slip(kind, source)]


def _content(kind: StockKind, one: Any, day: date) -> tuple[Any, ...]:
    """Return what makes two lines the same; the difference that a count found follows from the rest."""
    change = None if kind is StockKind.COUNTED else one.change
    named = ("counted", "paper", "school_id", "office", "staff_id", "reason", "returns_id", "reverses_id")
    return (one.item_id, change, day, *(getattr(one, name) for name in named))


def move_values(row: AnyRow) -> dict[str, Any]:
    """Return the fields of a movement's view."""
    source = Source(row.source_kind, row.source_id)
    return {field: getattr(row, field) for field in _SHOWN} | {
        "kind": StockKind(row.kind),
        "source": source,
    }


def move_view(row: AnyRow) -> StockMoveView:
    """Return a movement as a view."""
    return StockMoveView(**move_values(row))
