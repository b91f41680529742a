"""Last year's budget as the beginning of this year's."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.money import Money
from xuequ.unified.budget.errors.years import CopyUnitWrong, DraftNotEmpty, FactorOfNothing, NothingToCopy
from xuequ.unified.budget.repository.years import YearRows
from xuequ.unified.budget.rules.years import twice
from xuequ.unified.budget.rules.years_copying import scaled_within
from xuequ.unified.budget.schemas.ledger import LineCell
from xuequ.unified.budget.schemas.years import BudgetDraft, DraftIncome, DraftLine, VersionView, YearCopy
from xuequ.unified.budget.service.years.rounds import Open, check_open, draft, said_income, said_line
from xuequ.unified.budget.states.ledger import FundSource

LineName = tuple[FundSource, str, str, str, str | None]
IncomeName = tuple[FundSource, str]


def copy_year(context: Context, rows: YearRows, command: YearCopy) -> VersionView:
    """Write last year's amounts, times their factors, into the open version, which must be empty."""
    held = Open(context, rows, command.book, command.year)
    check_open(held, command.revision)
    if rows.version_rows(held.version.id):
        raise DraftNotEmpty(book=command.book.label, year=command.year)
    incomes, lines = _last_year(rows, command)
    if not lines:
        raise NothingToCopy(book=command.book.label, year=command.year - 1)
    refuse_if(_problems(command, incomes, lines))
    return draft(context, rows, _drafted(command, incomes, lines))


def _last_year(rows: YearRows, command: YearCopy) -> tuple[dict[IncomeName, Money], dict[LineName, Money]]:
    """Return what was approved and adjusted last year, by the codes of incomes and cells."""
    code = {row.id: row.code for row in rows.projects()}
    incomes = {
        (FundSource(row.fund), code[row.project_id]): row.approved + row.adjusted
        for row in rows.incomes_of(command.book.code, command.year - 1)
    }
    lines = {
        (FundSource(row.fund), code[row.project_id], row.function, row.economic, row.school): (
            row.approved + row.adjusted
        )
        for row in rows.lines_of(command.book.code, command.year - 1)
    }
    return _planned(incomes), _planned(lines)


def _planned(amounts: Mapping[Any, Money]) -> dict[Any, Money]:
    return {name: amount for name, amount in amounts.items() if amount.fen > 0}


def _line_name(one: LineCell) -> LineName:
    return (one.fund, one.project, one.function, one.economic, one.school)


def _problems(
    command: YearCopy, incomes: Mapping[IncomeName, Money], lines: Mapping[LineName, Money]
) -> list[Problem]:
    """Return what stands against a unit and factors: of nothing that there was, or twice of the same."""
    unit = [Problem(CopyUnitWrong(unit=command.unit))] if command.unit.fen <= 0 else []
    idle = [said_line(one) for one in command.lines if _line_name(one) not in lines]
    idle += [said_income(one) for one in command.incomes if (one.fund, one.project) not in incomes]
    said = [*map(said_line, command.lines), *(f"{said_income(one)} 收入" for one in command.incomes)]
    return [*unit, *(Problem(FactorOfNothing(cell=name)) for name in idle), *twice(said)]


def _drafted(
    command: YearCopy, incomes: Mapping[IncomeName, Money], lines: Mapping[LineName, Money]
) -> BudgetDraft:
    of_line = {_line_name(one): one.factor for one in command.lines}
    of_income = {(one.fund, one.project): one.factor for one in command.incomes}
    factor: Decimal = command.factor
    new_lines = scaled_within(
        {name: (name[:2], amount, of_line.get(name, factor)) for name, amount in lines.items()}, command.unit
    )
    new_incomes = scaled_within(
        {name: (name, amount, of_income.get(name, factor)) for name, amount in incomes.items()}, command.unit
    )
    return BudgetDraft(
        year=command.year,
        book=command.book,
        revision=command.revision,
        incomes=tuple(
            DraftIncome(fund=fund, project=project, amount=amount)
            for (fund, project), amount in _planned(new_incomes).items()
        ),
        lines=tuple(
            DraftLine(
                fund=fund, project=project, function=function, economic=economic, school=school, amount=amount
            )
            for (fund, project, function, economic, school), amount in _planned(new_lines).items()
        ),
    )
