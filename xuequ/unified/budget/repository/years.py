"""Every query of the budget of a year: versions and what is granted by them and before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import BigInteger, Table, and_, case, delete, func, insert, select, type_coerce, update
from sqlalchemy.sql.elements import ColumnElement

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id, take_ids
from xuequ.core.money import Money
from xuequ.registry.models.places import District, School
from xuequ.registry.repository.basis import AnyRow, same
from xuequ.unified.budget.models.ledger import (
    BudgetEntry,
    BudgetIncome,
    BudgetLine,
    BudgetProject,
    BudgetYear,
)
from xuequ.unified.budget.models.years import (
    BudgetControl,
    BudgetOpening,
    BudgetProvisional,
    BudgetVersion,
    BudgetVersionLine,
)
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.rules.ledger import Cell
from xuequ.unified.budget.states.ledger import Movement
from xuequ.unified.budget.states.years import BEFORE_APPROVAL, Side

_VERSION = cast("Table", BudgetVersion.__table__)
_ROW = cast("Table", BudgetVersionLine.__table__)
_CONTROL = cast("Table", BudgetControl.__table__)
_PROVISIONAL = cast("Table", BudgetProvisional.__table__)
_OPENING = cast("Table", BudgetOpening.__table__)
_CELL = (
    *(BudgetLine.book, BudgetLine.year, BudgetLine.fund, BudgetLine.project_id),
    *(BudgetLine.function, BudgetLine.economic, BudgetLine.school_id),
)


def _sum(amount: Any) -> ColumnElement[int]:
    """Add up a column of money in fen; nothing comes to 0."""
    return cast("ColumnElement[int]", func.coalesce(func.sum(type_coerce(amount, BigInteger)), 0))


class YearRows(BudgetRepository):
    """Questions to the versions of budgets within one scope, and what writes them."""

    @property
    def _key(self) -> dict[str, int]:
        return {"county_id": self.scope.county_id, "district_id": self.district_id}

    # versions

    def last_version(self, year_id: int) -> AnyRow | None:
        """Return the last version of a year."""
        query = self.here(select(_VERSION), BudgetVersion).where(BudgetVersion.year_id == year_id)
        return self.session.execute(query.order_by(BudgetVersion.number.desc()).limit(1)).one_or_none()

    def versions(self, year_id: int) -> Sequence[AnyRow]:
        """Return the versions of a year by number."""
        query = self.here(select(_VERSION), BudgetVersion).where(BudgetVersion.year_id == year_id)
        return self.session.execute(query.order_by(BudgetVersion.number)).all()

    def years(self) -> Sequence[AnyRow]:
        """Return the years of all books of which there is a version."""
        has = select(BudgetVersion.id).where(same(BudgetYear, BudgetVersion.year_id, BudgetVersion)).exists()
        query = self.here(select(BudgetYear.__table__), BudgetYear).where(has)
        return self.session.execute(query.order_by(BudgetYear.book, BudgetYear.year)).all()

    def add_version(self, year_id: int, values: Mapping[str, Any]) -> int:
        """Insert a version; return its id."""
        row_id = new_id()
        self.session.execute(
            insert(_VERSION), [{**self._key, "id": row_id, "year_id": year_id, "revision": 0, **values}]
        )
        return row_id

    def mark(self, version_id: int, values: Mapping[str, Any]) -> None:
        """Write what happened to a version; the caller holds the row of its year."""
        here = (BudgetVersion.county_id == self.scope.county_id, BudgetVersion.id == version_id)
        self.session.execute(update(_VERSION).where(*here).values(**values))

    def rewrite(self, version_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
        """Replace the rows of a version."""
        here = (
            BudgetVersionLine.county_id == self.scope.county_id,
            BudgetVersionLine.version_id == version_id,
        )
        self.session.execute(delete(_ROW).where(*here))
        if rows:
            key = {**self._key, "version_id": version_id}
            ids = take_ids(len(rows))
            self.session.execute(
                insert(_ROW), [{**row, **key, "id": i} for row, i in zip(rows, ids, strict=True)]
            )

    def version_rows(self, version_id: int) -> Sequence[AnyRow]:
        """Return the rows of a version, with their projects and the codes of their schools."""
        return self._version_rows(BudgetVersionLine.version_id == version_id)

    def rows_by_version(self, year_id: int) -> Sequence[AnyRow]:
        """Return the rows of all versions of a year, as `version_rows` does."""
        of_year = (BudgetVersion.county_id == self.scope.county_id, BudgetVersion.year_id == year_id)
        return self._version_rows(BudgetVersionLine.version_id.in_(select(BudgetVersion.id).where(*of_year)))

    def _version_rows(self, condition: ColumnElement[bool]) -> Sequence[AnyRow]:
        query = (
            select(
                _ROW,
                BudgetProject.code.label("project"),
                BudgetProject.name.label("project_name"),
                BudgetProject.kind.label("kind"),
                School.code.label("school"),
            )
            .join(BudgetProject, same(BudgetProject, BudgetVersionLine.project_id, BudgetVersionLine))
            .outerjoin(School, same(School, BudgetVersionLine.school_id, BudgetVersionLine))
            .where(condition)
        )
        order = (BudgetVersionLine.fund, BudgetProject.code, BudgetVersionLine.function)
        more = (BudgetVersionLine.economic, School.code, BudgetVersionLine.id)
        return self.session.execute(self.here(query, BudgetVersionLine).order_by(*order, *more)).all()

    def district_name(self) -> str:
        """Return what the district is called."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        return self.session.execute(query).scalar_one()

    # control figures

    def add_controls(self, version_id: int, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert the control figures in answer to a version."""
        key = {**self._key, "version_id": version_id}
        self.session.execute(insert(_CONTROL), [{**row, **key, "id": new_id()} for row in rows])

    def controls(self, year_id: int) -> Sequence[AnyRow]:
        """Return the last control figures of a year, with the codes of their projects."""
        last = (
            self.here(select(func.max(BudgetVersion.number)), BudgetVersion)
            .where(BudgetVersion.year_id == year_id, BudgetVersion.controlled_on.is_not(None))
            .scalar_subquery()
        )
        query = (
            select(_CONTROL, BudgetProject.code.label("project"))
            .join(BudgetVersion, same(BudgetVersion, BudgetControl.version_id, BudgetControl))
            .outerjoin(BudgetProject, same(BudgetProject, BudgetControl.project_id, BudgetControl))
            .where(BudgetVersion.year_id == year_id, BudgetVersion.number == last)
        )
        return self.session.execute(self.here(query, BudgetControl)).all()

    # before the approval

    def add_provisional(self, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[int, str], int]:
        """Insert what was allotted provisionally; return the ids by line and ground."""
        full: list[dict[str, Any]] = [{**row, **self._key, "id": new_id()} for row in rows]
        self.session.execute(insert(_PROVISIONAL), full)
        return {(row["line_id"], row["ground"]): row["id"] for row in full}

    def provisional(self, year_id: int, document_no: str | None = None) -> Sequence[AnyRow]:
        """Return what was allotted in a year before its approval, or by one document."""
        query = self.here(select(_PROVISIONAL), BudgetProvisional).where(BudgetProvisional.year_id == year_id)
        if document_no is not None:
            query = query.where(BudgetProvisional.document_no == document_no)
        return self.session.execute(query.order_by(BudgetProvisional.id)).all()

    def paid_between(self, book: str, year: int, since: date, until: date) -> dict[tuple[Any, ...], Money]:
        """Return what was paid on the cells of a book's year within days, what came back taken off."""
        fen = type_coerce(BudgetEntry.amount, BigInteger)
        paid = case(
            (BudgetEntry.movement == Movement.PAY.code, fen),
            (BudgetEntry.movement == Movement.REFUND.code, -fen),
            else_=0,
        )
        query = (
            select(*_CELL, func.sum(paid))
            .join(
                BudgetEntry,
                and_(BudgetEntry.county_id == BudgetLine.county_id, BudgetEntry.line_id == BudgetLine.id),
            )
            .where(BudgetLine.book == book, BudgetLine.year == year)
            .where(BudgetEntry.day >= since, BudgetEntry.day < until)
            .group_by(*_CELL)
        )
        return {
            tuple(row[2:-1]): Money(int(row[-1]))
            for row in self.session.execute(self.here(query, BudgetLine))
        }

    # opening balances

    def add_openings(self, rows: Iterable[Mapping[str, Any]]) -> set[int]:
        """Insert those opening balances whose line and reference have none yet; return their ids."""
        return insert_new(self.session, _OPENING, [{**row, **self._key} for row in rows])

    def openings(self, line_ids: Iterable[int]) -> dict[tuple[int, str], AnyRow]:
        """Return the opening balances of lines by line and reference."""
        query = self.here(select(_OPENING), BudgetOpening).where(BudgetOpening.line_id.in_(sorted(line_ids)))
        return {(row.line_id, row.reference): row for row in self.session.execute(query)}

    # checks

    def lines_unlike_version(self) -> Sequence[AnyRow]:
        """Return lines whose approved amount is not that of the approved version."""
        said = _sum(BudgetVersionLine.amount)
        of_line = and_(
            BudgetVersionLine.county_id == BudgetVersion.county_id,
            BudgetVersionLine.version_id == BudgetVersion.id,
            BudgetVersionLine.side == Side.EXPENDITURE.code,
            BudgetVersionLine.fund == BudgetLine.fund,
            BudgetVersionLine.project_id == BudgetLine.project_id,
            BudgetVersionLine.function == BudgetLine.function,
            BudgetVersionLine.economic == BudgetLine.economic,
            BudgetVersionLine.school_id.is_not_distinct_from(BudgetLine.school_id),
        )
        query = self._beside_version(BudgetLine, of_line, said)
        return self.session.execute(self.here(query, BudgetLine).order_by(BudgetLine.id)).all()

    def incomes_unlike_version(self) -> Sequence[AnyRow]:
        """Return incomes whose approved amount is not that of the approved version."""
        said = _sum(BudgetVersionLine.amount)
        of_income = and_(
            BudgetVersionLine.county_id == BudgetVersion.county_id,
            BudgetVersionLine.version_id == BudgetVersion.id,
            BudgetVersionLine.side == Side.INCOME.code,
            BudgetVersionLine.fund == BudgetIncome.fund,
            BudgetVersionLine.project_id == BudgetIncome.project_id,
        )
        query = self._beside_version(BudgetIncome, of_income, said)
        return self.session.execute(self.here(query, BudgetIncome).order_by(BudgetIncome.id)).all()

    def versions_not_granted(self) -> Sequence[AnyRow]:
        """Return approved versions whose total of a side is not what is approved on its lines or incomes."""
        found: list[AnyRow] = []
        for side, model in ((Side.INCOME, BudgetIncome), (Side.EXPENDITURE, BudgetLine)):
            of_year = and_(
                model.county_id == BudgetYear.county_id,
                model.district_id == BudgetYear.district_id,
                model.book == BudgetYear.book,
                model.year == BudgetYear.year,
            )
            granted = select(_sum(model.approved)).where(of_year).scalar_subquery()
            said = (
                select(_sum(BudgetVersionLine.amount))
                .where(
                    BudgetVersionLine.county_id == BudgetVersion.county_id,
                    BudgetVersionLine.version_id == BudgetVersion.id,
                    BudgetVersionLine.side == side.code,
                )
                .scalar_subquery()
            )
            query = (
                select(BudgetVersion.id, BudgetYear.year, granted.label("there"), said.label("said"))
                .join(BudgetYear, same(BudgetYear, BudgetVersion.year_id, BudgetVersion))
                .where(BudgetVersion.approved_on.is_not(None), granted != said)
            )
            found += self.session.execute(self.here(query, BudgetVersion).order_by(BudgetVersion.id)).all()
        return found

    def _beside_version(self, model: Any, of_row: Any, said: Any) -> Any:
        fen = type_coerce(model.approved, BigInteger)
        approved = and_(
            BudgetVersion.county_id == BudgetYear.county_id,
            BudgetVersion.year_id == BudgetYear.id,
            BudgetVersion.approved_on.is_not(None),
        )
        of_year = and_(
            BudgetYear.county_id == model.county_id,
            BudgetYear.district_id == model.district_id,
            BudgetYear.book == model.book,
            BudgetYear.year == model.year,
        )
        return (
            select(model.id, fen.label("there"), said.label("said"))
            .outerjoin(BudgetYear, of_year)
            .outerjoin(BudgetVersion, approved)
            .outerjoin(BudgetVersionLine, of_row)
            .group_by(model.id, fen)
            .having(fen != said)
        )

    def provisional_unlike_documents(self) -> Sequence[AnyRow]:
        """Return lines whose provisional money is not what was allotted, or stayed after the approval."""
        fen = type_coerce(BudgetLine.provisional, BigInteger)
        open_stages = [stage.code for stage in sorted(BEFORE_APPROVAL)]
        allotted = _sum(
            case((BudgetYear.stage.in_(open_stages), type_coerce(BudgetProvisional.amount, BigInteger)))
        )
        query = (
            select(BudgetLine.id, fen.label("there"), allotted.label("said"))
            .outerjoin(
                BudgetProvisional,
                and_(
                    BudgetProvisional.county_id == BudgetLine.county_id,
                    BudgetProvisional.line_id == BudgetLine.id,
                ),
            )
            .outerjoin(BudgetYear, same(BudgetYear, BudgetProvisional.year_id, BudgetProvisional))
            .group_by(BudgetLine.id, fen)
            .having(fen != allotted)
        )
        return self.session.execute(self.here(query, BudgetLine).order_by(BudgetLine.id)).all()


def cell_key(cell: Cell) -> tuple[Any, ...]:
    """Return what a cell is whatever its book and year."""
    return (cell.fund, cell.project_id, cell.function, cell.economic, cell.school_id)
