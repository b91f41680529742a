"""The workbook of budget lines: rows go into the open version of their year, and come out of the last one."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.fields import Command
from xuequ.core.intake import Book as Workbook
from xuequ.core.intake import Desk
from xuequ.core.money import Money
from xuequ.core.plan import PlannedRow, State
from xuequ.core.workbook import Sheet
from xuequ.unified.budget.errors.years import VersionMissing
from xuequ.unified.budget.repository.years import YearRows
from xuequ.unified.budget.schemas.books.lines import BudgetIncomeRow, BudgetLineRow
from xuequ.unified.budget.schemas.years import BudgetDraft, DraftIncome, DraftLine, VersionView
from xuequ.unified.budget.service.years import YearService
from xuequ.unified.budget.service.years.rounds import version_view
from xuequ.unified.budget.states.ledger import Book
from xuequ.unified.budget.templates.lines import LINES

AmountRow = BudgetIncomeRow | BudgetLineRow


class VersionDesk(Desk):
    """What the two sheets share: a file adds and changes rows of an open version, and takes none away."""

    sheet: Sheet

    def __init__(self, context: Context) -> None:
        self.rows = YearRows(context.session, context.scope, context.place)
        self.years = YearService(context)

    @abstractmethod
    def rows_of(self, version: VersionView) -> Iterator[AmountRow]:
        """Return the rows of a version that stand on this sheet."""

    @abstractmethod
    def merged(self, version: VersionView, rows: Sequence[AmountRow]) -> BudgetDraft:
        """Return a version with rows added and changed."""

    def records(self) -> Iterator[AmountRow]:
        """Return the rows of the last version of every year."""
        for year in self.rows.years():
            version = self.rows.last_version(year.id)
            if version is not None:
                yield from self.rows_of(version_view(year, version, self.rows.version_rows(version.id)))

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what there is, by key."""
        key = self.sheet.key
        return {
            tuple([getattr(row, name) for name in key]): {"amount": row.amount, "note": row.note}
            for row in self.records()
        }

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Write rows into the open versions of their years.

        Raises:
            VersionMissing: a year's budget was not begun.
        """
        by_year: defaultdict[tuple[int, Book], list[AmountRow]] = defaultdict(list)
        for one in planned:
            row = cast(AmountRow, one.source.command)
            by_year[row.year, row.book].append(row)
        for (year, book), rows in by_year.items():
            versions = self.years.versions(year, book=book)
            if not versions:
                raise VersionMissing(book=book.label, year=year)
            self.years.draft_lines(self.merged(versions[-1], rows))

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the rows of the last versions, of one school or of the whole district."""
        return [row for row in self.records() if school is None or getattr(row, "school", None) == school]


class IncomeDesk(VersionDesk):
    """The sheet of income."""

    sheet = LINES.sheet("incomes")

    def rows_of(self, version: VersionView) -> Iterator[BudgetIncomeRow]:
        """Return the incomes of a version."""
        for one in version.incomes:
            yield BudgetIncomeRow(year=version.year, book=version.book, **_said(one))

    def merged(self, version: VersionView, rows: Sequence[AmountRow]) -> BudgetDraft:
        """Return a version with incomes added and changed."""
        both = [*self.rows_of(version), *rows]
        incomes = {(one.fund, one.project): DraftIncome(**_drafted(one)) for one in both}
        lines = tuple(DraftLine(**dict(one)) for one in version.lines)
        return _draft(version, tuple(incomes.values()), lines)


class LineDesk(VersionDesk):
    """The sheet of expenditure."""

    sheet = LINES.sheet("lines")

    def rows_of(self, version: VersionView) -> Iterator[BudgetLineRow]:
        """Return the expenditures of a version."""
        for one in version.lines:
            yield BudgetLineRow(year=version.year, book=version.book, **_said(one))

    def merged(self, version: VersionView, rows: Sequence[AmountRow]) -> BudgetDraft:
        """Return a version with expenditures added and changed."""
        both = [*self.rows_of(version), *cast("Sequence[BudgetLineRow]", rows)]
        lines = {
            (one.fund, one.project, one.function, one.economic, one.school): DraftLine(**_drafted(one))
            for one in both
        }
        incomes = tuple(DraftIncome(**dict(one)) for one in version.incomes)
        return _draft(version, incomes, tuple(lines.values()))


def _draft(
    version: VersionView, incomes: tuple[DraftIncome, ...], lines: tuple[DraftLine, ...]
) -> BudgetDraft:
    year, book, revision = version.year, version.book, version.revision
    return BudgetDraft(year=year, book=book, revision=revision, incomes=incomes, lines=lines)


def _said(one: Any) -> dict[str, Any]:
    """Return a row of a version as a row of the workbook says it."""
    return {**dict(one), "amount": Decimal(one.amount.fen).scaleb(-2), "note": one.note or None}


def _drafted(row: AmountRow) -> dict[str, Any]:
    """Return a row of the workbook as a draft says it."""
    said = {name: value for name, value in dict(row).items() if name not in ("year", "book")}
    return {**said, "amount": Money.yuan(row.amount), "note": row.note or ""}


def _desks(context: Context) -> Mapping[str, Desk]:
    return {"incomes": IncomeDesk(context), "lines": LineDesk(context)}


LINES_BOOK = Workbook(LINES, _desks, stale="预算草案")
