"""A budget that was approved outside, recorded as an approved version in one go."""

from __future__ import annotations

from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import refuse_if
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.years import BudgetThere
from xuequ.unified.budget.repository.years import YearRows
from xuequ.unified.budget.rules.years import deficits
from xuequ.unified.budget.schemas.years import BudgetAdoption
from xuequ.unified.budget.service.ledger.granting import Cells
from xuequ.unified.budget.service.years.approving import enact
from xuequ.unified.budget.service.years.rounds import by_pocket, row_problems, stored, version_values
from xuequ.unified.budget.states.years import Round, Stage


def adopt_whole(context: Context, rows: YearRows, command: BudgetAdoption) -> None:
    """Write an approved version and grant what it says; the same again changes nothing."""
    year = rows.lock_year(command.book.code, command.year)
    cells = Cells(context, rows, command.book, command.year)
    refuse_if(row_problems(command.incomes, command.lines, cells.projects))
    names = {code: row.name for code, row in cells.projects.items()}
    income, expenditure = (
        by_pocket((one.fund.code, one.project, one.amount) for one in side)
        for side in (command.incomes, command.lines)
    )
    refuse_if(deficits(income, expenditure, names))
    values = version_values(cells, command.incomes, command.lines)
    last = rows.last_version(year.id)
    if last is not None or year.stage != Stage.DRAFTING:
        if last is not None and _same(rows, last, command, values):
            return
        stage = Stage(year.stage).label
        raise BudgetThere(book=command.book.label, year=command.year, stage=stage)
    said = {"approved_on": command.approved_on, "approval_no": command.document_no}
    begun = {"number": 1, "round": Round.ADOPTED.code, "begun_on": context.today}
    version_id = rows.add_version(year.id, {**begun, **said})
    rows.rewrite(version_id, values)
    enact(context, rows, cells, version_id, command.approved_on)


def _same(rows: YearRows, last: AnyRow, command: BudgetAdoption, values: list[dict[str, Any]]) -> bool:
    """Tell whether a version is what this adoption recorded."""
    if (last.approved_on, last.approval_no) != (command.approved_on, command.document_no):
        return False
    there = [stored(row) for row in rows.version_rows(last.id)]
    return {frozenset(one.items()) for one in there} == {frozenset(one.items()) for one in values}
