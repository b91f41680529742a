"""What documents grant on lines: cells by their codes, missing lines opened, guarded changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.money import Money
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.ledger import GrantTooSmall, ProjectUnknown, YearClosed
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.rules.cells import cell_problems, economic_codes
from xuequ.unified.budget.rules.ledger import Cell, Grant, granted
from xuequ.unified.budget.schemas.ledger import LineCell
from xuequ.unified.budget.states.ledger import Book, Purse


class Cells:
    """The cells of a book's year, from the codes by which people name them, and what lines are called."""

    def __init__(self, context: Context, rows: BudgetRepository, book: Book, year: int) -> None:
        self._context = context
        self.book, self.year = book, year
        self.projects: Mapping[str, AnyRow] = {row.code: row for row in rows.projects()}
        self.schools: Mapping[str, AnyRow] = rows.schools()
        self._called = {row.id: row.name for row in (*self.projects.values(), *self.schools.values())}

    def of(self, named: Iterable[LineCell]) -> list[Cell]:
        """Return the cells that were named, in their order.

        Raises:
            Problems: all codes that are unknown and all uses that are forbidden.
        """
        named = list(named)
        refuse_if([problem for cell in named for problem in self._problems(cell)])
        return [self._cell(cell) for cell in named]

    def _cell(self, named: LineCell) -> Cell:
        school = self.schools[named.school].id if named.school else None
        project = self.projects[named.project].id
        fund, codes = named.fund.code, (named.function, named.economic)
        return Cell(self.book.code, self.year, fund, project, *codes, school)

    def _problems(self, named: LineCell) -> list[Problem]:
        found: list[Problem] = []
        if named.school is not None and named.school not in self.schools:
            found.append(Problem(SchoolUnknown(school=named.school)))
        project = self.projects.get(named.project)
        if project is None:
            return [*found, Problem(ProjectUnknown(project=named.project))]
        of: Any = {"project": project.name, "purse": Purse(project.purse)}
        at: Any = {"standards": self._context.standards, "year": self.year}
        return found + cell_problems(named.function, named.economic, **of, **at)

    def names(self, cells: Iterable[Cell]) -> dict[Cell, str]:
        """Return what the lines of cells are called: project, economic section, school."""
        economic = economic_codes(self._context.standards, self.year)
        return {
            cell: "·".join(
                part
                for part in (
                    self._called[cell.project_id],
                    economic.get(cell.economic, cell.economic),
                    self._called[cell.school_id] if cell.school_id else "",
                )
                if part
            )
            for cell in cells
        }


def open_lines(rows: BudgetRepository, cells: Cells, wanted: Iterable[Cell]) -> dict[Cell, int]:
    """Open the lines of cells, of nothing, where they are missing; return the ids of all that were asked."""
    wanted = set(wanted)
    there = rows.line_ids(cells.book.code, cells.year)
    missing = wanted - there.keys()
    if missing:
        rows.open_lines(cells.names(missing))
        there = rows.line_ids(cells.book.code, cells.year)
    return {cell: there[cell] for cell in wanted}


def grant(rows: BudgetRepository, changes: Mapping[int, Grant]) -> None:
    """Change what lines are granted, by their ids and in the order of these, each by one guarded statement.

    The caller holds the row of the book's year and has written the document that grants.

    Raises:
        YearClosed: a line's year is closed.
        GrantTooSmall: a line would be left with less than is used of it.
    """
    for line_id in sorted(changes):
        if not rows.grant(line_id, changes[line_id]):
            raise _refusal(rows.lines([line_id])[line_id], changes[line_id])


def _refusal(line: AnyRow, change: Grant) -> Exception:
    if line.closed_on is not None:
        return YearClosed(book=Book(line.book).label, year=line.year)
    used = line.reserved + line.committed + line.paid
    after = granted(line).total + change.total
    return GrantTooSmall(line=line.name, granted=Money(after), used=used)
