"""A version as it is printed: income by source, expenditure by function and by economic code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from xuequ.core.context import Context
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.years import VersionMissing
from xuequ.unified.budget.repository.years import YearRows
from xuequ.unified.budget.rules.cells import economic_codes, function_codes
from xuequ.unified.budget.schemas.years import BudgetSheet, EconomicSum, FunctionSum, SourceSum
from xuequ.unified.budget.service.years.rounds import total
from xuequ.unified.budget.states.ledger import Book, FundSource, ProjectKind
from xuequ.unified.budget.states.years import Round, Side


def sheet(context: Context, rows: YearRows, book: Book, year: int, *, approved: bool) -> BudgetSheet:
    """Return the last version of a year, or the one that was approved, with what it comes to."""
    found = rows.year(book.code, year)
    version = None if found is None else rows.last_version(found.id)
    if version is None or (approved and version.approved_on is None):
        raise VersionMissing(book=book.label, year=year)
    lines = rows.version_rows(version.id)
    incomes = [row for row in lines if row.side == Side.INCOME]
    spent = [row for row in lines if row.side == Side.EXPENDITURE]
    return BudgetSheet(
        district=rows.district_name(),
        year=year,
        book=book,
        number=version.number,
        round=Round(version.round),
        day=version.approved_on if approved else version.submitted_on,
        document_no=version.approval_no if approved else version.submission_no,
        sources=tuple(
            SourceSum(fund=FundSource(row.fund), project=row.project_name, amount=row.amount)
            for row in incomes
        ),
        functions=_by_function(context, spent, year),
        economics=_by_economy(context, spent, year),
        income=total(incomes),
        expenditure=total(spent),
    )


def _sums(rows: Sequence[AnyRow], code: Callable[[AnyRow], str]) -> dict[str, dict[str, Money]]:
    """Add up rows by a code: what of it is basic, what is of projects, and both."""
    sums: defaultdict[str, dict[str, Money]] = defaultdict(
        lambda: {"basic": Money(0), "project": Money(0), "amount": Money(0)}
    )
    for row in rows:
        of_code = sums[code(row)]
        kind = "basic" if row.kind == ProjectKind.BASIC else "project"
        of_code[kind] += row.amount
        of_code["amount"] += row.amount
    return dict(sorted(sums.items()))


def _by_function(context: Context, rows: Sequence[AnyRow], year: int) -> tuple[FunctionSum, ...]:
    names = function_codes(context.standards, year)
    sums = _sums(rows, lambda row: str(row.function))
    return tuple(FunctionSum(code=code, name=names.get(code, code), **of) for code, of in sums.items())


def _by_economy(context: Context, rows: Sequence[AnyRow], year: int) -> tuple[EconomicSum, ...]:
    names = economic_codes(context.standards, year)
    day = date(year, 1, 1)
    classes = {
        str(row["code"]): str(row["name"])
        for row in context.standards.rows("budget.economic_classes", on=day)
    }
    sums = _sums(rows, lambda row: str(row.economic))
    return tuple(
        EconomicSum(group=classes.get(code[:3], code[:3]), code=code, name=names.get(code, code), **of)
        for code, of in sums.items()
    )
