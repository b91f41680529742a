"""Queries of office goods in stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import BigInteger, Table, case, func, select, type_coerce, update
from sqlalchemy.orm import aliased

from xuequ.core.bulk import insert_new
from xuequ.core.ids import take_ids
from xuequ.core.source import Source
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, same
from xuequ.unified.budget.models.stock import PLACES, StockItem, StockMove
from xuequ.unified.budget.states.stock import StockKind

_ITEM = cast("Table", StockItem.__table__)
_MOVE = cast("Table", StockMove.__table__)
_UNIT = 10**PLACES


def _whole(column: Any) -> Any:
    """Take a column of quantities as the whole number that it holds."""
    return type_coerce(column, BigInteger)


def _sum(column: Any) -> Any:
    return func.coalesce(func.sum(_whole(column)), 0)


def quantity(whole: Any) -> Decimal:
    """Return the quantity that a sum of whole numbers stands for."""
    return Decimal(int(whole)).scaleb(-PLACES)


class StockRows(Rows):
    """Questions to the stock of a district."""

    def district_name(self) -> str:
        """Return the district's name."""
        here = (District.county_id == self.scope.county_id, District.id == self.district_id)
        return self.session.scalars(select(District.name).where(*here)).one()

    def schools(self) -> dict[str, int]:
        """Return the district's schools: code → id."""
        found = self.session.execute(self.here(select(School.code, School.id), School))
        return {row.code: row.id for row in found}

    def staff_number(self, staff_id: int) -> str | None:
        """Return the number of a member of staff of the district."""
        query = self.here(select(Staff.staff_no), Staff).where(Staff.id == staff_id)
        return self.session.scalars(query).one_or_none()

    def staff_id(self, number: str) -> int | None:
        """Return the member of staff of the county who has a number."""
        here = (Staff.county_id == self.scope.county_id, Staff.staff_no == number)
        return self.session.scalars(select(Staff.id).where(*here)).one_or_none()

    # items

    def items(self) -> Sequence[AnyRow]:
        """Return every item by code."""
        return self.session.execute(self.here(select(_ITEM), StockItem).order_by(StockItem.code)).all()

    def item(self, code: str) -> AnyRow | None:
        """Return the item of a code."""
        query = self.here(select(_ITEM), StockItem).where(StockItem.code == code)
        return self.session.execute(query).one_or_none()

    def ids_of(self, codes: Iterable[str]) -> dict[str, int]:
        """Return the items of codes: code → id."""
        query = self.here(select(StockItem.code, StockItem.id), StockItem)
        found = self.session.execute(query.where(StockItem.code.in_(sorted(set(codes)))))
        return {row.code: row.id for row in found}

    def lock_items(self, ids: Iterable[int]) -> Sequence[AnyRow]:
        """Lock items in the order of their ids, and return them as they are then."""
        query = self.here(select(_ITEM), StockItem).where(StockItem.id.in_(sorted(set(ids))))
        return self.session.execute(query.order_by(StockItem.id).with_for_update()).all()

    def add_items(self, items: Sequence[Mapping[str, Any]]) -> set[int]:
        """Insert items, but none whose code is there; return the ids of those that went in."""
        ordered = sorted(items, key=lambda one: one["code"])
        here = {"county_id": self.scope.county_id, "district_id": self.district_id}
        rows = [
            {**here, "id": row_id, "balance": Decimal(0), "closed_on": None, **one}
            for row_id, one in zip(take_ids(len(ordered)), ordered, strict=True)
        ]
        return insert_new(self.session, _ITEM, rows)

    def close(self, item_id: int, on: date) -> None:
        """Close an item."""
        here = (StockItem.county_id == self.scope.county_id, StockItem.id == item_id)
        self.session.execute(update(_ITEM).where(*here).values(closed_on=on))

    def shift(self, changes: Mapping[int, Decimal]) -> bool:
        """Change the balances of open items unless one would fall below nothing; tell whether all did."""
        item = StockItem
        moved = case({key: int(change * _UNIT) for key, change in changes.items()}, value=item.id)
        here = (item.county_id == self.scope.county_id, item.id.in_(sorted(changes)))
        fits = (item.closed_on.is_(None), _whole(item.balance) + moved >= 0)
        statement = update(_ITEM).where(*here, *fits).values(balance=_whole(item.balance) + moved)
        return self.session.connection().execute(statement).rowcount == len(changes)

    # movements

    def _moves(self) -> AnySelect:
        keeper = aliased(Staff)
        query = (
            select(
                *(_MOVE, StockItem.code.label("item"), StockItem.name, StockItem.unit),
                *(School.code.label("school"), Staff.staff_no, Person.name.label("staff")),
                keeper.staff_no.label("by"),
            )
            .join(StockItem, same(StockItem, StockMove.item_id, StockMove))
            .outerjoin(School, same(School, StockMove.school_id, StockMove))
            .outerjoin(Staff, same(Staff, StockMove.staff_id, StockMove))
            .outerjoin(Person, same(Person, Staff.person_id, Staff))
            .outerjoin(keeper, same(keeper, StockMove.by_id, StockMove))
        )
        return self.here(query, StockMove)

    def slip(self, kind: StockKind, source: Source) -> Sequence[AnyRow]:
        """Return the movements of a slip, line by line."""
        used = (StockMove.source_kind == source.kind, StockMove.source_id == source.id)
        query = self._moves().where(*used, StockMove.kind == kind.value)
        return self.session.execute(query.order_by(StockMove.line)).all()

    def moves(self, ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return movements by id."""
        query = self.here(select(_MOVE), StockMove).where(StockMove.id.in_(sorted(set(ids))))
        return {row.id: row for row in self.session.execute(query)}

    def reversed_of(self, ids: Iterable[int]) -> set[int]:
        """Return which movements were reversed."""
        query = self.here(select(StockMove.reverses_id), StockMove)
        found = self.session.scalars(query.where(StockMove.reverses_id.in_(sorted(set(ids)))))
        return {one for one in found if one is not None}

    def returned_of(self, ids: Iterable[int]) -> dict[int, Decimal]:
        """Return what came back of issues and was not reversed."""
        red = aliased(StockMove)
        query = (
            self.here(select(StockMove.returns_id, _sum(StockMove.change).label("whole")), StockMove)
            .outerjoin(red, (red.county_id == StockMove.county_id) & (red.reverses_id == StockMove.id))
            .where(StockMove.returns_id.in_(sorted(set(ids))), red.id.is_(None))
            .group_by(StockMove.returns_id)
        )
        return {row.returns_id: quantity(row.whole) for row in self.session.execute(query)}

    def counted_on(self, item_ids: Iterable[int]) -> dict[int, date]:
        """Return when items were last counted, by counts that stand."""
        red = aliased(StockMove)
        query = (
            self.here(select(StockMove.item_id, func.max(StockMove.day).label("day")), StockMove)
            .outerjoin(red, (red.county_id == StockMove.county_id) & (red.reverses_id == StockMove.id))
            .where(StockMove.item_id.in_(sorted(set(item_ids))), red.id.is_(None))
            .where(StockMove.kind == StockKind.COUNTED.value)
            .group_by(StockMove.item_id)
        )
        return {row.item_id: row.day for row in self.session.execute(query)}

    def later(self, item_ids: Iterable[int], day: date) -> dict[int, tuple[tuple[date, Decimal], ...]]:
        """Return what each day after a day changed of items, in order of days."""
        move = StockMove
        query = self.here(select(move.item_id, move.day, _sum(move.change).label("whole")), move)
        query = query.where(move.item_id.in_(sorted(set(item_ids))), move.day > day)
        days: defaultdict[int, list[tuple[date, Decimal]]] = defaultdict(list)
        for row in self.session.execute(query.group_by(move.item_id, move.day).order_by(move.day)):
            days[row.item_id].append((row.day, quantity(row.whole)))
        return {item_id: tuple(found) for item_id, found in days.items()}

    def last_day(self, item_id: int) -> date | None:
        """Return the day of an item's last movement."""
        query = self.here(select(func.max(StockMove.day)), StockMove).where(StockMove.item_id == item_id)
        return self.session.scalars(query).one()

    def add_moves(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert movements; return the ids of those that went in."""
        here = {"county_id": self.scope.county_id, "district_id": self.district_id}
        made = [{**here, "id": row_id, **row} for row_id, row in zip(take_ids(len(rows)), rows, strict=True)]
        return sorted(insert_new(self.session, _MOVE, made))

    # readings

    def sums_until(self, until: date) -> dict[int, Decimal]:
        """Return what each item's movements before a day come to."""
        query = self.here(select(StockMove.item_id, _sum(StockMove.change).label("whole")), StockMove)
        query = query.where(StockMove.day < until).group_by(StockMove.item_id)
        return {row.item_id: quantity(row.whole) for row in self.session.execute(query)}

    def sums_within(self, since: date, until: date) -> dict[tuple[int, StockKind], Decimal]:
        """Return the changes within days by item and kind; a red row is of the kind that it reverses."""
        origin = aliased(StockMove)
        kind = func.coalesce(origin.kind, StockMove.kind).label("of")
        query = (
            self.here(select(StockMove.item_id, kind, _sum(StockMove.change).label("whole")), StockMove)
            .outerjoin(origin, same(origin, StockMove.reverses_id, StockMove))
            .where(StockMove.day >= since, StockMove.day < until)
            .group_by(StockMove.item_id, kind)
        )
        found = self.session.execute(query)
        return {(row.item_id, StockKind(row.of)): quantity(row.whole) for row in found}

    def card(self, item_id: int, since: date, until: date) -> Sequence[AnyRow]:
        """Return an item's movements within days; on a day, what comes in stands before what goes out."""
        move = StockMove
        query = self._moves().where(move.item_id == item_id, move.day >= since, move.day < until)
        out = case((_whole(move.change) < 0, 1), else_=0)
        return self.session.execute(query.order_by(move.day, out, move.id)).all()

    def unbalanced(self) -> Sequence[AnyRow]:
        """Return items whose balance is not what their movements come to."""
        item, move = StockItem, StockMove
        booked = _sum(move.change)
        query = (
            self.here(select(item.id, item.name, item.balance, booked.label("booked")), item)
            .outerjoin(move, (move.county_id == item.county_id) & (move.item_id == item.id))
            .group_by(item.county_id, item.id, item.name, item.balance)
            .having(booked != _whole(item.balance))
        )
        return self.session.execute(query).all()
