"""Every query of the adjustments of a budget: one question a method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

from sqlalchemy import BigInteger, Table, func, select, type_coerce, update

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id, take_ids
from xuequ.core.money import Money
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.unified.budget.models.adjustments import BudgetAdjustment, BudgetAdjustmentLine
from xuequ.unified.budget.models.ledger import BudgetIncome, BudgetLine, BudgetProject
from xuequ.unified.budget.repository.sheets import SheetRows
from xuequ.unified.budget.rules.ledger import Cell, IncomeCell
from xuequ.unified.budget.states.adjustments import AdjustmentState, Side

_ADJUSTMENT = cast("Table", BudgetAdjustment.__table__)
_CHANGE = cast("Table", BudgetAdjustmentLine.__table__)
_LINE = cast("Table", BudgetLine.__table__)


class AdjustmentRows(SheetRows):
    """Questions to the adjustments, and what writes them."""

    def add(self, values: dict[str, Any], changes: Iterable[dict[str, Any]]) -> int | None:
        """Insert an adjustment with its lines; return its id, or nothing where its number is taken.

        One that reverses what is reversed already is not inserted either.
        """
        row_id, key = new_id(), {"county_id": self.scope.county_id, "district_id": self.district_id}
        if not insert_new(self.session, _ADJUSTMENT, [{**key, "id": row_id, **values}]):
            return None
        blank = dict.fromkeys(("function", "economic", "school_id"))
        changes = list(changes)
        rows = [
            {**key, **blank, "id": one_id, "adjustment_id": row_id, **change}
            for one_id, change in zip(take_ids(len(changes)), changes, strict=True)
        ]
        self.session.execute(_CHANGE.insert(), rows)
        return row_id

    def _by_number(self, number: str) -> AnySelect:
        query = self.here(select(_ADJUSTMENT), BudgetAdjustment)
        return query.where(BudgetAdjustment.number == number)

    def find(self, number: str) -> AnyRow | None:
        """Return an adjustment by its number."""
        return self.session.execute(self._by_number(number)).one_or_none()

    def lock(self, number: str) -> AnyRow | None:
        """Lock an adjustment by its number, and return it."""
        return self.session.execute(self._by_number(number).with_for_update()).one_or_none()

    def countered(self, adjustment_id: int) -> bool:
        """Tell whether an adjustment has a counter-adjustment that was not voided."""
        query = self.here(select(BudgetAdjustment.id), BudgetAdjustment).where(
            BudgetAdjustment.reverses_id == adjustment_id, BudgetAdjustment.voided_on.is_(None)
        )
        return self.session.execute(query).first() is not None

    def numbers(self, ids: Collection[int]) -> dict[int, str]:
        """Return the numbers of adjustments by id."""
        query = self.here(select(BudgetAdjustment.id, BudgetAdjustment.number), BudgetAdjustment)
        return {row.id: row.number for row in self.session.execute(query.where(BudgetAdjustment.id.in_(ids)))}

    def of_year(self, book: str, year: int) -> Sequence[AnyRow]:
        """Return the adjustments of a book's year by day and number."""
        query = self.here(select(_ADJUSTMENT), BudgetAdjustment)
        of = (BudgetAdjustment.book == book, BudgetAdjustment.year == year)
        return self.session.execute(
            query.where(*of).order_by(BudgetAdjustment.day, BudgetAdjustment.number)
        ).all()

    def changes(self, adjustment_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return what adjustments change, in the order in which it was written, with codes and names."""
        query = (
            select(
                _CHANGE,
                BudgetProject.code.label("project"),
                BudgetProject.name.label("project_name"),
                School.code.label("school"),
                School.name.label("school_name"),
            )
            .join(BudgetProject, same(BudgetProject, BudgetAdjustmentLine.project_id, BudgetAdjustmentLine))
            .outerjoin(School, same(School, BudgetAdjustmentLine.school_id, BudgetAdjustmentLine))
            .where(BudgetAdjustmentLine.adjustment_id.in_(sorted(adjustment_ids)))
            .order_by(BudgetAdjustmentLine.id)
        )
        return self.session.execute(self.here(query, BudgetAdjustmentLine)).all()

    def step(self, adjustment_id: int, **values: Any) -> None:
        """Write how far an adjustment is."""
        here = (BudgetAdjustment.county_id == self.scope.county_id, BudgetAdjustment.id == adjustment_id)
        self.session.execute(update(BudgetAdjustment).where(*here).values(**values))

    def lock_lines(self, ids: Collection[int]) -> Sequence[AnyRow]:
        """Lock lines in the order of their ids, and return them."""
        query = self.here(select(_LINE), BudgetLine).where(BudgetLine.id.in_(sorted(ids)))
        return self.session.execute(query.order_by(BudgetLine.id).with_for_update(key_share=True)).all()

    # checks

    def _applied(self, side: Side, *columns: Any) -> Sequence[AnyRow]:
        """Sum up what was applied on a side by columns."""
        query = (
            select(
                BudgetAdjustment.district_id,
                *columns,
                func.sum(type_coerce(BudgetAdjustmentLine.amount, BigInteger)),
            )
            .join(
                BudgetAdjustment,
                same(BudgetAdjustment, BudgetAdjustmentLine.adjustment_id, BudgetAdjustmentLine),
            )
            .where(BudgetAdjustmentLine.side == side.code, BudgetAdjustment.state == AdjustmentState.APPLIED)
            .group_by(BudgetAdjustment.district_id, *columns)
        )
        return self.session.execute(self.here(query, BudgetAdjustmentLine)).all()

    def unlike_lines(self) -> list[tuple[int, str, Money, Money]]:
        """Return lines whose adjusted amount is not what was applied: id, name, amount, sum.

        What was applied to a cell without a line has no id but that of the cell's project.
        """
        at = (BudgetAdjustment.book, BudgetAdjustment.year, BudgetAdjustment.fund)
        codes = (BudgetAdjustmentLine.function, BudgetAdjustmentLine.economic, BudgetAdjustmentLine.school_id)
        applied = self._applied(Side.EXPENDITURE, *at, BudgetAdjustmentLine.project_id, *codes)
        sums = Counter({(row[0], Cell(*row[1:-1])): int(row[-1]) for row in applied})
        return _unlike(sums, self._cells_of_lines())

    def _cells_of_lines(self) -> dict[tuple[int, Cell], AnyRow]:
        rows = self.session.execute(self.here(select(_LINE), BudgetLine))
        cell = ("book", "year", "fund", "project_id", "function", "economic", "school_id")
        return {(row.district_id, Cell(*(getattr(row, name) for name in cell))): row for row in rows}

    def unlike_incomes(self) -> list[tuple[int, str, Money, Money]]:
        """Return incomes whose adjusted amount is not what was applied: id, name, amount, sum."""
        at = (BudgetAdjustment.book, BudgetAdjustment.year, BudgetAdjustment.fund)
        applied = self._applied(Side.INCOME, *at, BudgetAdjustmentLine.project_id)
        sums = Counter({(row[0], IncomeCell(*row[1:-1])): int(row[-1]) for row in applied})
        query = select(BudgetIncome.__table__, BudgetProject.name).join(
            BudgetProject, same(BudgetProject, BudgetIncome.project_id, BudgetIncome)
        )
        rows = self.session.execute(self.here(query, BudgetIncome))
        incomes = {
            (row.district_id, IncomeCell(row.book, row.year, row.fund, row.project_id)): row for row in rows
        }
        return _unlike(sums, incomes)


def _unlike(sums: Counter[Any], rows: dict[Any, AnyRow]) -> list[tuple[int, str, Money, Money]]:
    """Compare what stands with what was applied, both ways."""
    found = [
        (row.id, row.name, row.adjusted, Money(sums[at]))
        for at, row in rows.items()
        if row.adjusted.fen != sums[at]
    ]
    lost = [(at, fen) for at, fen in sums.items() if fen and at not in rows]
    return found + [(at[1].project_id, str(at[1]), Money(0), Money(fen)) for at, fen in lost]
