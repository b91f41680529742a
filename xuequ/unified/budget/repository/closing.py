"""Every query of the close of a year: one question a method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import BigInteger, Table, func, select, type_coerce
from sqlalchemy.orm import aliased

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id
from xuequ.registry.repository.basis import AnyRow, same
from xuequ.unified.budget.models.closing import BudgetCarryOver
from xuequ.unified.budget.models.ledger import BudgetLine, BudgetProject
from xuequ.unified.budget.repository.sheets import SheetRows
from xuequ.unified.budget.states.closing import CarryKind

_LINE = cast("Table", BudgetLine.__table__)
_CARRY = cast("Table", BudgetCarryOver.__table__)


class ClosingRows(SheetRows):
    """Questions to the close of a year, and what writes it."""

    def lock_lines_of(self, book: str, *years: int) -> Sequence[AnyRow]:
        """Lock the lines of some years of a book in the order of their ids."""
        query = self.here(select(_LINE), BudgetLine)
        of = (BudgetLine.book == book, BudgetLine.year.in_(years))
        return self.session.execute(
            query.where(*of).order_by(BudgetLine.id).with_for_update(key_share=True)
        ).all()

    def project_kinds(self) -> dict[int, str]:
        """Return the kinds of the district's projects by id."""
        query = self.here(select(BudgetProject.id, BudgetProject.kind), BudgetProject)
        return {row.id: row.kind for row in self.session.execute(query)}

    def brought(self, book: str, year: int) -> Sequence[AnyRow]:
        """Return what was carried into a book's year: with the line that it came to, the oldest first."""
        query = (
            select(_CARRY, BudgetLine.name, BudgetLine.paid)
            .join(BudgetLine, same(BudgetLine, BudgetCarryOver.to_line_id, BudgetCarryOver))
            .where(BudgetLine.book == book, BudgetLine.year == year)
            .order_by(BudgetCarryOver.to_line_id, BudgetCarryOver.origin)
        )
        return self.session.execute(self.here(query, BudgetCarryOver)).all()

    def closed(self, book: str, year: int) -> Sequence[AnyRow]:
        """Return what the close of a book's year made of its lines' money, with the lines' names."""
        query = (
            select(_CARRY, BudgetLine.name)
            .join(BudgetLine, same(BudgetLine, BudgetCarryOver.line_id, BudgetCarryOver))
            .where(BudgetLine.book == book, BudgetLine.year == year)
            .order_by(BudgetCarryOver.line_id, BudgetCarryOver.origin)
        )
        return self.session.execute(self.here(query, BudgetCarryOver)).all()

    def add_carry_overs(self, rows: Sequence[dict[str, Any]]) -> None:
        """Insert what became of unspent money."""
        key = {"county_id": self.scope.county_id, "district_id": self.district_id}
        insert_new(self.session, _CARRY, [{**key, "id": new_id(), **row} for row in rows])

    # checks

    def unlike_carried_in(self) -> Sequence[AnyRow]:
        """Return lines that hold another amount carried in than was carried to them: id, name, both."""
        came = func.coalesce(func.sum(_fen(BudgetCarryOver.amount)), 0)
        query = (
            select(BudgetLine.id, BudgetLine.name, BudgetLine.carried_in, came.label("came"))
            .outerjoin(
                BudgetCarryOver,
                (BudgetCarryOver.county_id == BudgetLine.county_id)
                & (BudgetCarryOver.to_line_id == BudgetLine.id),
            )
            .group_by(BudgetLine.id, BudgetLine.name, BudgetLine.carried_in)
            .having(_fen(BudgetLine.carried_in) != came)
        )
        return self.session.execute(self.here(query, BudgetLine).order_by(BudgetLine.id)).all()

    def unlike_unspent(self) -> Sequence[AnyRow]:
        """Return lines of closed years of which not all that was unspent was carried or became surplus."""
        went = func.coalesce(func.sum(_fen(BudgetCarryOver.amount)), 0)
        parts = (BudgetLine.approved, BudgetLine.provisional, BudgetLine.adjusted, BudgetLine.carried_in)
        left: Any = sum(map(_fen, parts), -_fen(BudgetLine.paid))
        query = (
            select(BudgetLine.id, BudgetLine.name, left.label("unspent"), went.label("went"))
            .outerjoin(
                BudgetCarryOver,
                (BudgetCarryOver.county_id == BudgetLine.county_id)
                & (BudgetCarryOver.line_id == BudgetLine.id),
            )
            .where(BudgetLine.closed_on.is_not(None))
            .group_by(BudgetLine.id, BudgetLine.name, *parts, BudgetLine.paid)
        )
        found = self.session.execute(self.here(query, BudgetLine).order_by(BudgetLine.id)).all()
        return [row for row in found if max(int(row.unspent), 0) != int(row.went)]

    def carried_nowhere(self) -> Sequence[AnyRow]:
        """Return what was carried to a line of another use, or of another year than the next."""
        into = aliased(BudgetLine)
        cell = ("district_id", "book", "fund", "project_id", "function", "economic")
        alike = [getattr(into, name) == getattr(BudgetLine, name) for name in cell]
        alike += [into.year == BudgetLine.year + 1, into.school_id.is_not_distinct_from(BudgetLine.school_id)]
        fits = alike[0]
        for condition in alike[1:]:
            fits = fits & condition
        query = (
            select(BudgetCarryOver.id, BudgetLine.name)
            .join(BudgetLine, same(BudgetLine, BudgetCarryOver.line_id, BudgetCarryOver))
            .join(into, same(into, BudgetCarryOver.to_line_id, BudgetCarryOver))
            .where(BudgetCarryOver.kind == CarryKind.CARRIED.code, ~fits)
        )
        return self.session.execute(self.here(query, BudgetCarryOver)).all()


def _fen(column: Any) -> Any:
    """Take a column of money as the fen that it holds."""
    return type_coerce(column, BigInteger)
