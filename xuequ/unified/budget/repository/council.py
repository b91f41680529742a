"""Queries of the council's items, and what is drawn on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import BigInteger, Table, bindparam, insert, or_, select, type_coerce, update

from xuequ.core.bulk import bulk_load
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.core.tables import Base
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, Scoped, same
from xuequ.unified.budget.models.council import CouncilMeeting, DecisionDraw, DecisionItem
from xuequ.unified.budget.models.ledger import BudgetLine
from xuequ.unified.budget.states.council import DRAWN_ON, ItemState

_ITEM = cast("Table", DecisionItem.__table__)


def listed_items() -> AnySelect:
    """Build the query of items with their meetings, and the codes and names of their schools and lines."""
    meeting = CouncilMeeting
    return (
        select(
            _ITEM,
            *(meeting.year, meeting.number.label("minutes"), meeting.day.label("met_on")),
            *(School.code.label("school"), School.name.label("school_name")),
            BudgetLine.name.label("line"),
        )
        .outerjoin(meeting, same(meeting, DecisionItem.meeting_id, DecisionItem))
        .outerjoin(School, same(School, DecisionItem.school_id, DecisionItem))
        .outerjoin(BudgetLine, same(BudgetLine, DecisionItem.line_id, DecisionItem))
    )


_ONE = Scoped(listed_items().where(DecisionItem.id == bindparam("id")), DecisionItem)
_LOCKED = Scoped(select(_ITEM.c.id).where(DecisionItem.id == bindparam("id")).with_for_update(), DecisionItem)


class ItemRows(Rows):
    """Items of a district's council 决议, and the book of what is drawn on them."""

    def item(self, item_id: int) -> AnyRow | None:
        """Return one item."""
        return self.one(_ONE, id=item_id)

    def lock_item(self, item_id: int) -> AnyRow | None:
        """Lock one item, and return it as it is then."""
        return None if self.one(_LOCKED, id=item_id) is None else self.item(item_id)

    def items_of(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return the items of a meeting by number."""
        query = self.here(listed_items(), DecisionItem).where(DecisionItem.meeting_id == meeting_id)
        return self.session.execute(query.order_by(DecisionItem.number)).all()

    def draws(self, item_id: int, source: Source) -> Sequence[AnyRow]:
        """Return what a source took out of an item and gave back, the latest round first."""
        draw = DecisionDraw
        query = select(DecisionDraw.__table__).where(
            draw.county_id == self.scope.county_id,
            *(draw.item_id == item_id, draw.source_kind == source.kind, draw.source_id == source.id),
        )
        # "draw" sorts before "give_back": within a round the taking comes first
        return self.session.execute(query.order_by(draw.round.desc(), draw.way)).all()

    def take(self, item_id: int, amount: Money, on: date) -> bool:
        """Take an amount out of an item's ceiling on a day if it is good for it; tell whether it did."""
        item = DecisionItem
        fits = (
            item.state.in_([state.value for state in DRAWN_ON]),
            *(item.since <= on, or_(item.until.is_(None), item.until > on)),
            or_(item.state != ItemState.PROVISIONAL.value, item.ratify_by >= on),
            _fen(item.drawn) + amount.fen <= _fen(item.ceiling),
        )
        return self._moved(item_id, amount.fen, *fits)

    def put_back(self, item_id: int, amount: Money) -> bool:
        """Put an amount back into an item's ceiling; tell whether it did."""
        return self._moved(item_id, -amount.fen, _fen(DecisionItem.drawn) >= amount.fen)

    def _moved(self, item_id: int, fen: int, *fits: Any) -> bool:
        here = (DecisionItem.county_id == self.scope.county_id, DecisionItem.id == item_id)
        change = update(_ITEM).where(*here, *fits).values(drawn=_fen(DecisionItem.drawn) + fen)
        return self.session.connection().execute(change).rowcount == 1

    # writing

    def add(self, model: type[Base], **values: Any) -> int:
        """Insert one row; return its id."""
        row_id = new_id()
        table = cast("Table", model.__table__)
        self.session.execute(insert(table).values(county_id=self.scope.county_id, id=row_id, **values))
        return row_id

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert many rows of one table; each begins with the values of `columns`, after county and id."""
        listed = [(self.scope.county_id, new_id(), *row) for row in rows]
        if listed:
            named = ("county_id", "id", *columns)
            bulk_load(self.session.connection(), cast("Table", model.__table__), named, listed)

    def change(self, model: type[Base], row_id: int, **values: Any) -> None:
        """Change fields of one row."""
        table: Any = model.__table__
        here = (table.c.county_id == self.scope.county_id, table.c.id == row_id)
        self.session.execute(update(table).where(*here).values(values))


def _fen(column: Any) -> Any:
    """Take a column of money as the fen that it holds."""
    return type_coerce(column, BigInteger)
