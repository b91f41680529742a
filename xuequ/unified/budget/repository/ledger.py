"""Every query of the budget's ledger: one question a method."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Table,
    Update,
    bindparam,
    case,
    func,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, Scoped, same
from xuequ.unified.budget.models.ledger import (
    BudgetEntry,
    BudgetIncome,
    BudgetLine,
    BudgetProject,
    BudgetYear,
)
from xuequ.unified.budget.rules.ledger import Balances, Cell, Grant, IncomeCell
from xuequ.unified.budget.states.ledger import WAYS, Pot
from xuequ.unified.budget.states.years import Stage

_LINE = cast("Table", BudgetLine.__table__)
_ENTRY = cast("Table", BudgetEntry.__table__)
_YEAR = cast("Table", BudgetYear.__table__)
_INCOME = cast("Table", BudgetIncome.__table__)
_PROJECT = cast("Table", BudgetProject.__table__)

_BALANCES = (BudgetLine.reserved, BudgetLine.committed, BudgetLine.paid)
_GRANTED = (
    *(BudgetLine.approved, BudgetLine.provisional, BudgetLine.adjusted),
    *(BudgetLine.carried_in, BudgetLine.allowance),
)
_CELL = (
    *(BudgetLine.book, BudgetLine.year, BudgetLine.fund, BudgetLine.project_id),
    *(BudgetLine.function, BudgetLine.economic, BudgetLine.school_id),
)
_LINES = Scoped(select(_LINE).where(BudgetLine.id.in_(bindparam("ids", expanding=True))), BudgetLine)


def in_fen(column: Any) -> ColumnElement[int]:
    """Take a column of money as the fen that it holds."""
    return cast("ColumnElement[int]", type_coerce(column, BigInteger))


def moved_into(pot: Pot) -> ColumnElement[int]:
    """Sum up what entries have put into a pot and taken out of it."""
    into = [movement.value for movement, (_, to) in WAYS.items() if to is pot]
    signs = case((BudgetEntry.movement.in_(into), 1), else_=0) - case(
        (BudgetEntry.out_of == pot.value, 1), else_=0
    )
    return cast("ColumnElement[int]", func.coalesce(func.sum(signs * in_fen(BudgetEntry.amount)), 0))


def _granted() -> ColumnElement[int]:
    """Add up what a line was granted by documents, overspending that was allowed included."""
    approved, *others = map(in_fen, _GRANTED)
    return sum(others, approved)


_POSTING = select(
    *(_LINE.c[name] for name in ("county_id", "id", "district_id", "school_id", "year", "name")),
    _granted().label("granted"),
)
_POSTABLE = Scoped(_POSTING.where(_LINE.c.id == bindparam("line")), BudgetLine)
_ALL = Scoped(_POSTING.where(_LINE.c.id.in_(bindparam("ids", expanding=True))), BudgetLine)


def _guarded_move() -> Update:
    """Build the statement that moves a line's balances; built once, since it is what everybody waits for."""
    reserved, committed, paid = (
        in_fen(balance) + bindparam(f"more_{balance.key}", type_=BigInteger) for balance in _BALANCES
    )
    line = _LINE.c
    fits = (reserved >= 0, committed >= 0, paid >= 0, reserved + committed + paid <= _granted())
    here = (line.county_id == bindparam("county"), line.id == bindparam("line"), line.closed_on.is_(None))
    return update(_LINE).where(*here, *fits).values(reserved=reserved, committed=committed, paid=paid)


_MOVE = _guarded_move()


def _guarded_grant() -> Update:
    """Build the statement that changes what a line was granted; never below what is used of it."""
    more = {column.key: bindparam(f"more_{column.key}", type_=BigInteger) for column in _GRANTED}
    after = {column.key: in_fen(column) + more[column.key] for column in _GRANTED}
    used = sum(map(in_fen, _BALANCES[1:]), in_fen(_BALANCES[0]))
    line = _LINE.c
    here = (line.county_id == bindparam("county"), line.id == bindparam("line"), line.closed_on.is_(None))
    least = [after[name] >= 0 for name in after if name != "adjusted"]
    fits = used <= sum(after.values(), cast("Any", 0))
    return update(_LINE).where(*here, *least, fits).values(after)


_GRANT = _guarded_grant()


class BudgetRepository(Rows):
    """Questions to the budget's ledger within one scope, and what writes it."""

    # years

    def lock_year(self, book: str, year: int) -> AnyRow:
        """Make a book's year if it is not there, lock it, and return it."""
        key: dict[str, Any] = {"county_id": self.scope.county_id, "district_id": self.district_id}
        key |= {"book": book, "year": year}
        blank = {"id": new_id(), "stage": Stage.DRAFTING.code, "closed_on": None}
        insert_new(self.session, _YEAR, [{**key, **blank}])
        return self.session.execute(self._year(book, year).with_for_update()).one()

    def year(self, book: str, year: int) -> AnyRow | None:
        """Return a book's year, if its budget was begun."""
        return self.session.execute(self._year(book, year)).one_or_none()

    def _year(self, book: str, year: int) -> AnySelect:
        query = select(_YEAR).where(BudgetYear.book == book, BudgetYear.year == year)
        return self.here(query, BudgetYear)

    def reach(self, year_id: int, stage: Stage) -> None:
        """Write the stage that a year has reached."""
        here = (BudgetYear.county_id == self.scope.county_id, BudgetYear.id == year_id)
        self.session.execute(update(BudgetYear).where(*here).values(stage=stage.code))

    def close(self, book: str, year: int, day: date) -> None:
        """Close a book's year and its lines."""
        for model, more in ((BudgetYear, {"stage": Stage.CLOSED.code}), (BudgetLine, {})):
            here = (model.county_id == self.scope.county_id, model.district_id == self.district_id)
            of = (model.book == book, model.year == year)
            self.session.execute(update(model).where(*here, *of).values(closed_on=day, **more))

    # projects and income

    def projects(self) -> Sequence[AnyRow]:
        """Return the district's projects by code."""
        return self.session.execute(
            self.here(select(_PROJECT), BudgetProject).order_by(BudgetProject.code)
        ).all()

    def add_project(self, values: dict[str, Any]) -> int | None:
        """Insert a project; return its id, or nothing where its code is taken."""
        row_id = new_id()
        key = {"county_id": self.scope.county_id, "id": row_id, "district_id": self.district_id}
        return row_id if insert_new(self.session, _PROJECT, [{**key, **values}]) else None

    def open_incomes(self, cells: Iterable[IncomeCell]) -> None:
        """Insert those incomes, of nothing, that are not there yet."""
        key = {"county_id": self.scope.county_id, "district_id": self.district_id}
        blank = {"approved": Money(0), "adjusted": Money(0)}
        rows = [{**key, "id": new_id(), **asdict(cell), **blank} for cell in cells]
        insert_new(self.session, _INCOME, rows)

    def lock_incomes(self, book: str, year: int) -> Sequence[AnyRow]:
        """Lock the incomes of a book's year in the order of their ids."""
        query = self.here(select(_INCOME), BudgetIncome)
        of = (BudgetIncome.book == book, BudgetIncome.year == year)
        return self.session.execute(query.where(*of).order_by(BudgetIncome.id).with_for_update()).all()

    def incomes_of(self, book: str, year: int) -> Sequence[AnyRow]:
        """Return the incomes of a book's year by source and project."""
        query = self.here(select(_INCOME), BudgetIncome)
        of = (BudgetIncome.book == book, BudgetIncome.year == year)
        return self.session.execute(
            query.where(*of).order_by(BudgetIncome.fund, BudgetIncome.project_id)
        ).all()

    def grant_income(self, income_id: int, *, approved: int = 0, adjusted: int = 0) -> bool:
        """Change what an income was approved or adjusted to, in fen, unless it would fall below nothing."""
        after = (in_fen(BudgetIncome.approved) + approved, in_fen(BudgetIncome.adjusted) + adjusted)
        here = (BudgetIncome.county_id == self.scope.county_id, BudgetIncome.id == income_id)
        change = update(_INCOME).where(*here, after[0] >= 0, after[0] + after[1] >= 0)
        done = self.session.connection().execute(change.values(approved=after[0], adjusted=after[1]))
        return done.rowcount == 1

    # lines

    def schools(self) -> dict[str, AnyRow]:
        """Return the scope's schools by code: id and name."""
        query = self.here(select(School.id, School.code, School.name), School)
        return {row.code: row for row in self.session.execute(query)}

    def open_lines(self, names: Mapping[Cell, str]) -> None:
        """Insert those lines, of nothing, whose cell has none yet."""
        key = {"county_id": self.scope.county_id, "district_id": self.district_id}
        moneys = {column.key: Money(0) for column in (*_GRANTED, *_BALANCES)} | {"closed_on": None}
        rows = [
            {**key, "id": new_id(), **asdict(cell), "name": name, **moneys} for cell, name in names.items()
        ]
        insert_new(self.session, _LINE, rows)

    def line_ids(self, book: str, year: int) -> dict[Cell, int]:
        """Return the lines of a book's year by their cells."""
        query = self.here(select(BudgetLine.id, *_CELL), BudgetLine)
        found = self.session.execute(query.where(BudgetLine.book == book, BudgetLine.year == year))
        return {Cell(*row[1:]): row.id for row in found}

    def grant(self, line_id: int, change: Grant) -> bool:
        """Change what a line was granted unless it would fall below nothing, or below what is used of it.

        Tells whether it did; a closed line does not.
        """
        values = {f"more_{name}": fen for name, fen in asdict(change).items()}
        key = {"county": self.scope.county_id, "line": line_id}
        return self.session.connection().execute(_GRANT, {**key, **values}).rowcount == 1

    def lines(self, ids: Collection[int]) -> dict[int, AnyRow]:
        """Return lines by id."""
        return {row.id: row for row in self.all(_LINES, ids=sorted(ids))}

    def postable(self, ids: Collection[int]) -> dict[int, AnyRow]:
        """Return what posting needs of lines: whose they are, their year and name, and what was granted.

        Everybody who posts asks this, mostly of one line, so it is asked of the connection and in few
        columns, and of one line by a statement that is never rendered anew.
        """
        asked, values = (_POSTABLE, {"line": min(ids)}) if len(ids) == 1 else (_ALL, {"ids": sorted(ids)})
        found = self.session.connection().execute(asked.within(self.scope), self._bound(values))
        return {row.id: row for row in found}

    def lock_line(self, line_id: int) -> AnyRow:
        """Lock a line that is there, and return it.

        Whoever adds an entry holds the line's key; a full ``FOR UPDATE`` would wait for that, and two who
        have both added theirs would wait for each other.
        """
        query = self.here(select(_LINE), BudgetLine).where(BudgetLine.id == line_id)
        return self.session.execute(query.with_for_update(key_share=True)).one()

    def line(self, line_id: int) -> AnyRow | None:
        """Return one line with its school's code."""
        query = (
            select(_LINE, School.code.label("school"))
            .outerjoin(School, same(School, BudgetLine.school_id, BudgetLine))
            .where(BudgetLine.id == line_id)
        )
        return self.session.execute(self.here(query, BudgetLine)).one_or_none()

    def lines_of(self, book: str, year: int) -> Sequence[AnyRow]:
        """Return the lines of a book's year by project and codes, with their schools' codes."""
        query = select(_LINE, School.code.label("school")).outerjoin(
            School, same(School, BudgetLine.school_id, BudgetLine)
        )
        of = self.here(query, BudgetLine).where(BudgetLine.book == book, BudgetLine.year == year)
        order = (BudgetLine.project_id, BudgetLine.function, BudgetLine.economic, BudgetLine.id)
        return self.session.execute(of.order_by(*order)).all()

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
            select(*columns, *map(moved_into, (Pot.RESERVED, Pot.COMMITTED, Pot.PAID)))
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
        sums = tuple(map(moved_into, (Pot.RESERVED, Pot.COMMITTED, Pot.PAID)))
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
