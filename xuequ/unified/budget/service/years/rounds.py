"""The open version of a year's budget: found under the lock of its year, written, gone through, shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import IllegalTransition, Problem, Stale, refuse_if
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.ledger import ProjectUnknown
from xuequ.unified.budget.errors.years import BudgetEmpty, VersionMissing
from xuequ.unified.budget.facts.years import BudgetDrafted, BudgetStep
from xuequ.unified.budget.repository.years import YearRows
from xuequ.unified.budget.rules.years import Pocket, deficits, illegal_step, negative, out_of_order, twice
from xuequ.unified.budget.schemas.years import (
    BudgetDraft,
    ControlFigure,
    DraftIncome,
    DraftLine,
    ExpenditureRow,
    IncomeAmount,
    IncomeRow,
    LineAmount,
    VersionView,
)
from xuequ.unified.budget.service.ledger.granting import Cells
from xuequ.unified.budget.states.ledger import Book, FundSource
from xuequ.unified.budget.states.years import DRAFTED_AT, Round, Side, Stage

_DAYS = ("begun_on", "deliberated_on", "submitted_on", "controlled_on")


class Open:
    """The last version of a book's year, its year locked: what a step of the life cycle is taken on.

    Raises:
        VersionMissing: the budget was not begun.
    """

    def __init__(self, context: Context, rows: YearRows, book: Book, year: int) -> None:
        self.context, self.rows, self.book, self.number = context, rows, book, year
        self.year = rows.lock_year(book.code, year)
        found = rows.last_version(self.year.id)
        if found is None:
            raise VersionMissing(book=book.label, year=year)
        self.version = found

    @property
    def stage(self) -> Stage:
        """The stage that the year is at."""
        return Stage(self.year.stage)

    def day(self, to: Stage, on: date | None, *, back: bool = False) -> date:
        """Check that a step may follow, and on that day; return the day.

        Raises:
            IllegalTransition: the stage does not follow.
            StepOutOfOrder: the day is before the last step, or still to come.
        """
        today = self.context.today
        refuse_if(illegal_step(self.stage, to, back=back))
        days = [day for name in _DAYS if (day := getattr(self.version, name)) is not None]
        refuse_if(out_of_order(to, on or today, last=max(days), today=today))
        return on or today

    def take(self, to: Stage, on: date, said: type[BudgetStep], **values: Any) -> None:
        """Write that a step was taken: on the version what it says, on the year its stage."""
        self.rows.mark(self.version.id, values)
        self.rows.reach(self.year.id, to)
        book, year = self.book.code, self.number
        self.context.announce(said(version_id=self.version.id, on=on, book=book, year=year))

    def follow(self, round_: Round, on: date) -> None:
        """Open the version that follows, with the rows of this one."""
        values = {"number": self.version.number + 1, "round": round_.code, "begun_on": on}
        rows = [stored(row) for row in self.rows.version_rows(self.version.id)]
        self.rows.rewrite(self.rows.add_version(self.year.id, values), rows)

    def says(self, said: Mapping[str, Any]) -> bool:
        """Tell whether that is what the version says of itself."""
        return all(getattr(self.version, name) == value for name, value in said.items())

    def control(self, command: ControlFigure) -> None:
        """Write the control figure in answer to the version.

        Raises:
            CellTwice, ProjectUnknown: for the sources and projects that it names.
        """
        projects = {row.code: row for row in self.rows.projects()}
        refuse_if(row_problems(command.pockets, (), projects))
        figures: list[dict[str, Any]] = [
            {"fund": one.fund.code, "project_id": projects[one.project].id, "amount": one.amount}
            for one in command.pockets
        ]
        if command.whole is not None:
            figures.append({"fund": None, "project_id": None, "amount": command.whole})
        self.rows.add_controls(self.version.id, figures)

    def controls(self) -> tuple[Money | None, dict[Pocket, Money]]:
        """Return the control figure that holds: of the whole, or of sources and projects."""
        found = self.rows.controls(self.year.id)
        whole = next((row.amount for row in found if row.fund is None), None)
        return whole, {(row.fund, row.project): row.amount for row in found if row.fund is not None}

    @property
    def names(self) -> dict[str, str]:
        """The names of projects by code."""
        return {row.code: row.name for row in self.rows.projects()}

    def complete(self) -> dict[Side, dict[Pocket, Money]]:
        """Check that the version is a whole budget; return what its sources and projects come to.

        Raises:
            BudgetEmpty: it has no income or no expenditure.
            Problems: deficits.
        """
        found = self.rows.version_rows(self.version.id)
        sides = {
            side: by_pocket((row.fund, row.project, row.amount) for row in found if row.side == side)
            for side in Side
        }
        if not all(sides.values()):
            raise BudgetEmpty(book=self.book.label, year=self.number)
        refuse_if(deficits(sides[Side.INCOME], sides[Side.EXPENDITURE], self.names))
        return sides

    def view(self) -> VersionView:
        """Return the last version as it stands now."""
        year = self.rows.year(self.book.code, self.number)
        version = self.rows.last_version(self.year.id)
        assert year is not None and version is not None
        return version_view(year, version, self.rows.version_rows(version.id))


def draft(context: Context, rows: YearRows, command: BudgetDraft) -> VersionView:
    """Replace the rows of the open version."""
    held = Open(context, rows, command.book, command.year)
    check_open(held, command.revision)
    cells = Cells(context, rows, command.book, command.year)
    refuse_if(row_problems(command.incomes, command.lines, cells.projects))
    written = version_values(cells, command.incomes, command.lines)
    rows.rewrite(held.version.id, written)
    revision = held.version.revision + 1
    rows.mark(held.version.id, {"revision": revision})
    totals = {"income": total(command.incomes), "expenditure": total(command.lines)}
    context.announce(BudgetDrafted(version_id=held.version.id, revision=revision, **totals))
    return held.view()


def check_open(held: Open, revision: int) -> None:
    """Check that rows may be written, and that nobody has written since they were read.

    Raises:
        IllegalTransition: nothing is drafted at this stage.
        Stale: somebody else has written.
    """
    if held.stage not in DRAFTED_AT:
        raise IllegalTransition(machine="预算", from_=held.stage.label, to=Stage.DRAFTING.label)
    if held.version.revision != revision:
        raise Stale(what=f"{held.book.label} {held.number} 年预算草案")


def row_problems(
    incomes: Sequence[IncomeAmount], lines: Sequence[LineAmount], projects: Mapping[str, AnyRow]
) -> list[Problem]:
    """Return what stands against rows of a budget; of an unknown project nothing else is said."""
    rows: list[IncomeAmount | LineAmount] = [*incomes, *lines]
    named = {one.project for one in rows}
    unknown = [Problem(ProjectUnknown(project=project)) for project in sorted(named - projects.keys())]
    if unknown:
        return unknown
    sources, cells = list(map(said_income, incomes)), list(map(said_line, lines))
    return [
        *twice(sources),
        *twice(cells),
        *negative((name, one.amount) for name, one in zip([*sources, *cells], rows, strict=True)),
    ]


def said_income(one: Any) -> str:
    """Say which income a row is of."""
    return f"{one.fund.label} {one.project}"


def said_line(one: Any) -> str:
    """Say which cell a row is of."""
    return " ".join(filter(None, (one.fund.label, one.project, one.function, one.economic, one.school)))


def version_values(
    cells: Cells, incomes: Sequence[IncomeAmount], lines: Sequence[LineAmount]
) -> list[dict[str, Any]]:
    """Return rows of a version from the codes by which people name them.

    Raises:
        Problems: all codes that are unknown and all uses that are forbidden.
    """
    empty = {"function": "", "economic": "", "school_id": None}
    found = [
        {
            "side": Side.INCOME.code,
            "fund": one.fund.code,
            "project_id": cells.projects[one.project].id,
            **empty,
            "amount": one.amount,
            "note": one.note if isinstance(one, DraftIncome) else "",
        }
        for one in incomes
    ]
    for cell, one in zip(cells.of(lines), lines, strict=True):
        of_cell = {"fund": cell.fund, "project_id": cell.project_id, "school_id": cell.school_id}
        codes = {"side": Side.EXPENDITURE.code, "function": cell.function, "economic": cell.economic}
        note = one.note if isinstance(one, DraftLine) else ""
        found.append({**codes, **of_cell, "amount": one.amount, "note": note})
    return found


def stored(row: AnyRow) -> dict[str, Any]:
    """Return a row of a version as another version may have it."""
    names = ("side", "fund", "project_id", "function", "economic", "school_id", "amount", "note")
    return {name: getattr(row, name) for name in names}


def by_pocket(amounts: Iterable[tuple[str, str, Money]]) -> dict[Pocket, Money]:
    """Add up amounts by source and project."""
    pockets: defaultdict[Pocket, Money] = defaultdict(lambda: Money(0))
    for fund, project, amount in amounts:
        pockets[fund, project] += amount
    return dict(pockets)


def total(rows: Iterable[Any]) -> Money:
    """Add up the amounts of rows."""
    return Money.total(row.amount for row in rows)


def version_view(year: AnyRow, version: AnyRow, rows: Sequence[AnyRow]) -> VersionView:
    """Return a version with its rows as its view."""
    sides: dict[Side, list[AnyRow]] = {side: [row for row in rows if row.side == side] for side in Side}

    def shown(row: AnyRow) -> dict[str, Any]:
        said = {"project": row.project, "amount": row.amount, "note": row.note}
        return {"fund": FundSource(row.fund), **said}

    documents = (
        "deliberated_on",
        "submitted_on",
        "submission_no",
        "control_no",
        "returned_on",
        "approved_on",
    )
    return VersionView(
        id=version.id,
        year=year.year,
        book=Book(year.book),
        stage=Stage(year.stage),
        number=version.number,
        round=Round(version.round),
        revision=version.revision,
        **{name: getattr(version, name) for name in documents},
        approval_no=version.approval_no,
        incomes=tuple(IncomeRow(**shown(row)) for row in sides[Side.INCOME]),
        lines=tuple(
            ExpenditureRow(**shown(row), function=row.function, economic=row.economic, school=row.school)
            for row in sides[Side.EXPENDITURE]
        ),
        income=total(sides[Side.INCOME]),
        expenditure=total(sides[Side.EXPENDITURE]),
    )
