"""What an approval grants: the rows of its version, in the place of provisional money."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from xuequ.core.context import Context
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.facts.years import BudgetApproved
from xuequ.unified.budget.repository.years import YearRows
from xuequ.unified.budget.rules.ledger import Cell, Grant, IncomeCell
from xuequ.unified.budget.service.ledger.granting import Cells, grant, open_lines
from xuequ.unified.budget.service.years.rounds import total
from xuequ.unified.budget.states.years import Side, Stage


def enact(context: Context, rows: YearRows, cells: Cells, version_id: int, approved_on: date) -> None:
    """Grant what a version says and make its year approved; the caller holds the year and marks the version.

    Raises:
        GrantTooSmall: more was used of provisional money than is approved.
    """
    year = rows.lock_year(cells.book.code, cells.year)
    found = rows.version_rows(version_id)
    incomes = [row for row in found if row.side == Side.INCOME]
    lines = [row for row in found if row.side == Side.EXPENDITURE]
    _grant_incomes(rows, cells, {_income(cells, row): row.amount for row in incomes})
    _grant_lines(rows, cells, {_cell(cells, row): row.amount for row in lines})
    rows.reach(year.id, Stage.APPROVED)
    context.announce(
        BudgetApproved(
            book=cells.book.code,
            year=cells.year,
            approved_on=approved_on,
            income=total(incomes),
            expenditure=total(lines),
        )
    )


def _income(cells: Cells, row: AnyRow) -> IncomeCell:
    return IncomeCell(cells.book.code, cells.year, row.fund, row.project_id)


def _cell(cells: Cells, row: AnyRow) -> Cell:
    codes = (row.function, row.economic, row.school_id)
    return Cell(cells.book.code, cells.year, row.fund, row.project_id, *codes)


def _grant_incomes(rows: YearRows, cells: Cells, amounts: dict[IncomeCell, Money]) -> None:
    rows.open_incomes(amounts)
    for row in rows.lock_incomes(cells.book.code, cells.year):
        cell = _income(cells, row)
        if cell in amounts:
            rows.grant_income(row.id, approved=amounts[cell].fen)


def _grant_lines(rows: YearRows, cells: Cells, amounts: dict[Cell, Money]) -> None:
    """Approve what lines get and take back what was provisional, in one statement a line."""
    ids = open_lines(rows, cells, amounts)
    approved: defaultdict[int, int] = defaultdict(int, {ids[cell]: amounts[cell].fen for cell in amounts})
    before = {
        line.id: line.provisional.fen
        for line in rows.lines_of(cells.book.code, cells.year)
        if line.provisional
    }
    changes = approved.keys() | before.keys()
    grant(
        rows, {key: Grant(approved=approved[key], provisional=-before.get(key, 0)) for key in sorted(changes)}
    )
