"""Every query of the budget's ledger: one question a method."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Table,
    Update,
    bindparam,
    case,
    func,
    insert,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id
from xuequ.core.source import Source
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, Rows, Scoped, same
from xuequ.unified.budget.models import BudgetEntry, BudgetLine, BudgetYear
from xuequ.unified.budget.rules import Balances
from xuequ.unified.budget.states import WAYS, Pot

_LINE = cast("Table", BudgetLine.__table__)
_ENTRY = cast("Table", BudgetEntry.__table__)
_YEAR = cast("Table", BudgetYear.__table__)

_BALANCES = (BudgetLine.reserved, BudgetLine.committed, BudgetLine.paid)
_LINES = Scoped(select(_LINE).where(BudgetLine.id.in_(bindparam("ids", expanding=True))), BudgetLine)


def _fen(column: Any) -> ColumnElement[int]:
    """Take a column of money as the fen that it holds."""
    return cast("ColumnElement[int]", type_coerce(column, BigInteger))


def _moved(pot: Pot) -> ColumnElement[int]:
    """Sum up what entries have put into a pot and taken out of it."""
    into = [movement.value for movement, (_, to) in WAYS.items() if to is pot]
    signs = case((BudgetEntry.movement.in_(into), 1), else_=0) - case(
        (BudgetEntry.out_of == pot.value, 1), else_=0
    )
    return cast("ColumnElement[int]", func.coalesce(func.sum(signs * _fen(BudgetEntry.amount)), 0))


def _guarded_move() -> Update:
    """Build the statement that moves a line's balances; built once, since it is what everybody waits for."""
    reserved, committed, paid = (
        _fen(balance) + bindparam(f"more_{balance.key}", type_=BigInteger) for balance in _BALANCES
    )
    line = _LINE.c
    fits = (reserved >= 0, committed >= 0, paid >= 0, reserved + committed + paid <= _fen(line.amount))
    here = (line.county_id == bindparam("county"), line.id == bindparam("line"), line.closed_on.is_(None))
    return update(_LINE).where(*here, *fits).values(reserved=reserved, committed=committed, paid=paid)


_MOVE = _guarded_move()


class BudgetRepository(Rows):
    """Questions to the budget's ledger within one scope, and what writes it."""

    # years

    def lock_year(self, year: int) -> date | None:
        """Make a year if it is not there, lock it, and return on which day it was closed."""
        key = {"county_id": self.scope.county_id, "district_id": self.district_id, "year": year}
        insert_new(self.session, _YEAR, [{**key, "id": new_id(), "closed_on": None}])
        query = self.here(select(BudgetYear.closed_on), BudgetYear).where(BudgetYear.year == year)
        return self.session.execute(query.with_for_update()).scalar_one()

    def close(self, year: int, day: date) -> None:
        """Close a year and its lines."""
        for model in (BudgetYear, BudgetLine):
            here = (model.county_id == self.scope.county_id, model.district_id == self.district_id)
            self.session.execute(update(model).where(*here, model.year == year).values(closed_on=day))

    def lock_lines_of(self, year: int) -> Sequence[AnyRow]:
        """Lock a year's lines in the order of their ids."""
        query = self.here(select(_LINE), BudgetLine).where(BudgetLine.year == year)
        return self.session.execute(query.order_by(BudgetLine.id).with_for_update()).all()

    # lines

    def has_school(self, school_id: int) -> bool:
        """Tell whether the scope has a school."""
        return (
            self.session.scalar(self.here(select(School.id), School).where(School.id == school_id))
            is not None
        )

    def has_line(self, year: int, book: str, code: str, school_id: int | None) -> bool:
        """Tell whether a line of that code is there."""
        query = self.here(select(BudgetLine.id), BudgetLine).where(
            BudgetLine.year == year,
            BudgetLine.book == book,
            BudgetLine.code == code,
            BudgetLine.school_id.is_(None) if school_id is None else BudgetLine.school_id == school_id,
        )
        return self.session.scalar(query) is not None

    def add_line(self, values: dict[str, Any]) -> int:
        """Insert a line; return its id."""
        row_id = new_id()
        key = {"county_id": self.scope.county_id, "id": row_id, "district_id": self.district_id}
        self.session.execute(insert(_LINE).values({**key, **values}))
        return row_id

    def lines(self, ids: Collection[int]) -> dict[int, AnyRow]:
        """Return lines by id."""
        return {row.id: row for row in self.all(_LINES, ids=sorted(ids))}

    def line(self, line_id: int) -> AnyRow | None:
        """Return one line with its school's code."""
        query = (
            select(_LINE, School.code.label("school"))
            .outerjoin(School, same(School, BudgetLine.school_id, BudgetLine))
            .where(BudgetLine.id == line_id)
        )
        return self.session.execute(self.here(query, BudgetLine)).one_or_none()

    def lines_of(self, year: int) -> Sequence[AnyRow]:
        """Return a year's lines by book and code."""
        query = self.here(select(_LINE), BudgetLine).where(BudgetLine.year == year)
        return self.session.execute(query.order_by(BudgetLine.book, BudgetLine.code, BudgetLine.id)).all()

    def move(self, line_id: int, change: Balances) -> bool:
        """Change a line's balances unless it would hold less than nothing, or more than its amount.

        Tells whether it did; a closed line does not.
        """
        values = {"county": self.scope.county_id, "line": line_id}
        values |= {"more_reserved": change.reserved, "more_committed": change.committed}
        done = self.session.connection().execute(_MOVE, {**values, "more_paid": change.paid})
        return done.rowcount == 1

    # entries

    def add_entries(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Insert those entries whose use is not there yet; return their ids."""
        return insert_new(self.session, _ENTRY, rows)

    def entries(self, uses: Iterable[tuple[Any, ...]]) -> Sequence[AnyRow]:
        """Return the entries of uses: kind and id of the source, line, movement, pot."""
        key = tuple_(
            *(BudgetEntry.source_kind, BudgetEntry.source_id, BudgetEntry.line_id),
            *(BudgetEntry.movement, BudgetEntry.out_of),
        )
        here = BudgetEntry.county_id == self.scope.county_id
        return self.session.execute(select(_ENTRY).where(here, key.in_(sorted(uses)))).all()

    def held(self, wanted: Collection[tuple[int, Source]]) -> dict[tuple[int, Source], Balances]:
        """Return what lines hold for purposes, from their entries."""
        key = tuple_(BudgetEntry.line_id, BudgetEntry.purpose_kind, BudgetEntry.purpose_id)
        columns = (BudgetEntry.line_id, BudgetEntry.purpose_kind, BudgetEntry.purpose_id)
        query = (
            select(*columns, *map(_moved, (Pot.RESERVED, Pot.COMMITTED, Pot.PAID)))
            .where(BudgetEntry.county_id == self.scope.county_id)
            .where(key.in_([(line_id, source.kind, source.id) for line_id, source in wanted]))
            .group_by(*columns)
        )
        return {
            (row[0], Source(row[1], row[2])): Balances(*map(int, row[3:]))
            for row in self.session.execute(query)
        }

    # checks

    def out_of_balance(self) -> Sequence[AnyRow]:
        """Return lines whose balances are not what their entries come to."""
        sums = tuple(map(_moved, (Pot.RESERVED, Pot.COMMITTED, Pot.PAID)))
        query = (
            select(BudgetLine.id, BudgetLine.name, *_BALANCES, *sums)
            .outerjoin(
                BudgetEntry,
                (BudgetEntry.county_id == BudgetLine.county_id) & (BudgetEntry.line_id == BudgetLine.id),
            )
            .group_by(BudgetLine.id, BudgetLine.name, *_BALANCES)
        )
        found = self.session.execute(self.here(query, BudgetLine).order_by(BudgetLine.id)).all()
        return [row for row in found if [money.fen for money in row[2:5]] != [int(fen) for fen in row[5:]]]
