"""Use cases of the budget of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.years import ADOPT_BUDGET, VIEW_BUDGET
from xuequ.unified.budget.errors.ledger import ProjectUnknown
from xuequ.unified.budget.errors.years import BudgetThere
from xuequ.unified.budget.facts.years import BudgetApproved
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.rules.ledger import Grant, IncomeCell
from xuequ.unified.budget.rules.years import Pocket, deficits, twice
from xuequ.unified.budget.schemas.years import BudgetAdoption, IncomeAmount, LineAmount, YearView
from xuequ.unified.budget.service.ledger.granting import Cells, grant, open_lines
from xuequ.unified.budget.states.ledger import Book
from xuequ.unified.budget.states.years import Stage


class YearService(Service):
    """The budget 预算 of a book's fiscal year, which is the calendar year."""

    @property
    def _rows(self) -> BudgetRepository:
        return BudgetRepository(self.context.session, self.context.scope, self.context.place)

    @use_case(ADOPT_BUDGET)
    def adopt(self, command: BudgetAdoption) -> YearView:
        """Record a budget that was approved outside 补录批复, whole; its lines can be used from now on.

        Raises:
            BudgetThere: the book's year has a budget, or one under way.
            Problems: unknown codes, forbidden uses, cells that stand twice, deficits.
        """
        row = self._rows.lock_year(command.book.code, command.year)
        if row.stage != Stage.DRAFTING:
            stage = Stage(row.stage).label
            raise BudgetThere(book=command.book.label, year=command.year, stage=stage)
        cells = Cells(self.context, self._rows, command.book, command.year)
        refuse_if(_problems(command, cells.projects))
        self._grant_lines(cells, command.lines)
        self._grant_incomes(cells, command.incomes)
        self._rows.reach(row.id, Stage.APPROVED)
        self.context.announce(
            BudgetApproved(
                book=command.book.code,
                year=command.year,
                approved_on=command.approved_on,
                income=_total(command.incomes),
                expenditure=_total(command.lines),
            )
        )
        return self.view(command.year, book=command.book)

    @reading(VIEW_BUDGET)
    def view(self, year: int, *, book: Book = Book.SCHOOL) -> YearView:
        """Return how far the budget of a book's year is; one that was never begun is at its first stage."""
        row = self._rows.year(book.code, year) or self._rows.lock_year(book.code, year)
        return YearView(id=row.id, book=book, year=year, stage=Stage(row.stage), closed_on=row.closed_on)

    def _grant_lines(self, cells: Cells, lines: Iterable[LineAmount]) -> None:
        lines = list(lines)
        named = cells.of(lines)
        ids = open_lines(self._rows, cells, named)
        amounts = zip(named, lines, strict=True)
        grant(self._rows, {ids[cell]: Grant(approved=line.amount.fen) for cell, line in amounts})

    def _grant_incomes(self, cells: Cells, incomes: Iterable[IncomeAmount]) -> None:
        amounts = {
            IncomeCell(cells.book.code, cells.year, one.fund.code, cells.projects[one.project].id): one.amount
            for one in incomes
        }
        self._rows.open_incomes(amounts)
        for row in self._rows.lock_incomes(cells.book.code, cells.year):
            cell = IncomeCell(row.book, row.year, row.fund, row.project_id)
            if cell in amounts:
                self._rows.grant_income(row.id, approved=amounts[cell].fen)


def _total(amounts: Iterable[IncomeAmount | LineAmount]) -> Money:
    return sum((one.amount for one in amounts), Money(0))


def _by_pocket(amounts: Iterable[IncomeAmount | LineAmount]) -> dict[Pocket, Money]:
    pockets: defaultdict[Pocket, Money] = defaultdict(lambda: Money(0))
    for one in amounts:
        pockets[one.fund.code, one.project] += one.amount
    return pockets


def _problems(command: BudgetAdoption, projects: Mapping[str, AnyRow]) -> list[Problem]:
    """Return what stands against a budget as a whole; of an unknown project nothing else is said."""
    named = {one.project for one in chain(command.incomes, command.lines)}
    unknown = [Problem(ProjectUnknown(project=project)) for project in sorted(named - projects.keys())]
    if unknown:
        return unknown
    names = {code: row.name for code, row in projects.items()}
    return [
        *twice((one.fund.label, one.project) for one in command.incomes),
        *twice(tuple(one.model_dump(mode="json", exclude={"amount"}).values()) for one in command.lines),
        *deficits(_by_pocket(command.incomes), _by_pocket(command.lines), names),
    ]
