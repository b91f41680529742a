"""What there is of adjustments, for people to read."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.context import reading
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.years import VIEW_BUDGET
from xuequ.unified.budget.rules.cells import economic_codes
from xuequ.unified.budget.schemas.adjustments import AdjustmentRow, AdjustmentSheet, AdjustmentView
from xuequ.unified.budget.service.adjustments.steps import AdjustmentSteps, views
from xuequ.unified.budget.states.adjustments import AdjustmentKind, AdjustmentState, AdjustmentWay, Side
from xuequ.unified.budget.states.ledger import Book, FundSource


class Showing(AdjustmentSteps):
    """Readings of adjustments."""

    @reading(VIEW_BUDGET)
    def view(self, number: str) -> AdjustmentView:
        """Return an adjustment by its number.

        Raises:
            AdjustmentUnknown: the district has none of it.
        """
        return self._shown(number)

    @reading(VIEW_BUDGET)
    def list(self, year: int, *, book: Book = Book.SCHOOL) -> list[AdjustmentView]:
        """List the adjustments of a book's year by day and number, the voided ones among them."""
        return views(self._rows, self._rows.of_year(book.code, year))

    @reading(VIEW_BUDGET)
    def sheet(self, year: int, *, book: Book = Book.SCHOOL) -> AdjustmentSheet:
        """Return the sheet of adjustments 预算调整表 of a year; a voided one is in no table.

        What is generally not adjusted 一般不予调整 and yet was stands in a table of its own.
        """
        found = {row.id: row for row in self._rows.of_year(book.code, year)}
        found = {key: row for key, row in found.items() if row.state != AdjustmentState.VOIDED}
        names = economic_codes(self.context.standards, year)
        rows = [(found[one.adjustment_id], one) for one in self._rows.changes(found)]
        rows.sort(key=lambda pair: (pair[0].day, pair[0].number, pair[1].id))
        shown = [(of, _row(of, one, names)) for of, one in rows]
        applied = AdjustmentState.APPLIED
        return AdjustmentSheet(
            district=self._rows.district_name(),
            book=book,
            year=year,
            applied=tuple(row for of, row in shown if of.state == applied),
            pending=tuple(row for of, row in shown if of.state != applied),
            exceptional=tuple(row for of, row in shown if of.exceptional),
        )


def _row(of: AnyRow, one: AnyRow, names: Mapping[str, str]) -> AdjustmentRow:
    income = one.side == Side.INCOME
    economic = f"{one.economic} {names.get(one.economic, '')}".strip()
    parts = (one.project_name, "收入") if income else (one.project_name, economic, one.school_name)
    return AdjustmentRow(
        number=of.number,
        day=of.day,
        kind=AdjustmentKind(of.kind).label,
        way=AdjustmentWay(of.way).label,
        reference_no=of.reference_no or "",
        state=AdjustmentState(of.state).label,
        fund=FundSource(of.fund).label,
        what="·".join(part for part in parts if part),
        income=one.amount if income else Money(0),
        expenditure=Money(0) if income else one.amount,
        reason=of.reason,
    )
