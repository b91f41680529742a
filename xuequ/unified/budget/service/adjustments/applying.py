"""Applying adjustments: lines and incomes change as they say, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.adjustments import APPLY_ADJUSTMENT, REVERSE_ADJUSTMENT
from xuequ.unified.budget.errors.adjustments import (
    AdjustmentNotLetPass,
    IncomeTooSmall,
    NotReversible,
    ReversedAlready,
    YearNotApproved,
)
from xuequ.unified.budget.errors.ledger import YearClosed
from xuequ.unified.budget.facts.adjustments import AdjustmentApplied
from xuequ.unified.budget.rules.adjustments import Held, too_small, unfit
from xuequ.unified.budget.rules.ledger import Cell, Grant, IncomeCell, granted
from xuequ.unified.budget.schemas.adjustments import AdjustmentReversal, AdjustmentView
from xuequ.unified.budget.service.adjustments.steps import AdjustmentSteps, check_step
from xuequ.unified.budget.service.ledger.granting import Cells, grant, open_lines
from xuequ.unified.budget.states.adjustments import (
    READY,
    AdjustmentKind,
    AdjustmentState,
    AdjustmentWay,
    Side,
)
from xuequ.unified.budget.states.ledger import Book, FundSource
from xuequ.unified.budget.states.years import Stage


class Applying(AdjustmentSteps):
    """What an adjustment does, and how one that was mistaken is put right."""

    @use_case(APPLY_ADJUSTMENT)
    def apply(self, number: str) -> AdjustmentView:
        """Apply an adjustment that was let pass 执行; a cell without a line gets one. Once only.

        Raises:
            AdjustmentNotLetPass: finance has not approved it, or it was not filed.
            YearNotApproved, YearClosed: the year's budget is not in execution.
            Problems: every line left with less than is used or was carried in, every income below nothing.
            AdjustmentUnknown, IllegalTransition: by the number and the state.
        """
        self._apply(self._locked(number))
        return self._shown(number)

    @use_case(REVERSE_ADJUSTMENT)
    def reverse(self, command: AdjustmentReversal) -> AdjustmentView:
        """Draft the red counter-adjustment 红字冲销 of one that was applied; it goes the same way.

        The counter of a split is applied at once, as the split was.

        Raises:
            NotReversible: the adjustment was not applied, or is a counter-adjustment itself.
            ReversedAlready: it has another counter-adjustment.
            AdjustmentDiffers: the number is taken by another one.
        """
        of = self._locked(command.reverses)
        if of.state != AdjustmentState.APPLIED or of.kind == AdjustmentKind.COUNTER:
            raise NotReversible(number=of.number, state=AdjustmentState(of.state).label)
        refuse_if(unfit(command.number, command.day, of.year, ()))
        values = {name: getattr(of, name) for name in ("book", "year", "fund", "way", "exceptional")}
        values |= {"number": command.number, "day": command.day, "reason": command.reason}
        values |= {"kind": AdjustmentKind.COUNTER.code, "reverses_id": of.id}
        names = ("side", "project_id", "function", "economic", "school_id")
        changes = [
            {name: getattr(row, name) for name in names} | {"amount": -row.amount}
            for row in self._rows.changes([of.id])
        ]
        if self._rows.find(command.number) is None and self._rows.countered(of.id):
            raise ReversedAlready(number=of.number)
        self._draft(values, changes)
        if of.way == AdjustmentWay.WITHIN:
            self._apply(self._locked(command.number))
        return self._shown(command.number)

    def _apply(self, row: AnyRow) -> None:
        """Apply a locked adjustment; the order of locks is adjustment, year, incomes, lines."""
        if row.state == AdjustmentState.APPLIED:
            return
        check_step(row, AdjustmentState.APPLIED)
        way = AdjustmentWay(row.way)
        if row.state != READY[way]:
            raise AdjustmentNotLetPass(number=row.number, way=way.label)
        rows, book = self._rows, Book(row.book)
        in_execution(rows.lock_year(row.book, row.year), book)
        changes = rows.changes([row.id])
        self._change_incomes(row, [one for one in changes if one.side == Side.INCOME])
        self._change_lines(row, [one for one in changes if one.side == Side.EXPENDITURE])
        today = self.context.today
        rows.step(row.id, state=AdjustmentState.APPLIED.code, applied_on=today)
        self._say(AdjustmentApplied, row, today)

    def _change_incomes(self, of: AnyRow, changes: Sequence[AnyRow]) -> None:
        if not changes:
            return
        rows, book = self._rows, Book(of.book)
        rows.open_incomes(IncomeCell(book.code, of.year, of.fund, one.project_id) for one in changes)
        wanted = {one.project_id: one for one in changes}
        problems: list[Problem] = []
        for income in rows.lock_incomes(book.code, of.year):
            change = wanted.get(income.project_id) if income.fund == of.fund else None
            if change is not None and not rows.grant_income(income.id, adjusted=change.amount.fen):
                left = income.approved + income.adjusted + change.amount
                fund = FundSource(of.fund).label
                problems.append(Problem(IncomeTooSmall(fund=fund, project=change.project_name, left=left)))
        refuse_if(problems)

    def _change_lines(self, of: AnyRow, changes: Sequence[AnyRow]) -> None:
        rows = self._rows
        amounts = {
            Cell(of.book, of.year, of.fund, one.project_id, one.function, one.economic, one.school_id): one
            for one in changes
        }
        ids = open_lines(rows, Cells(self.context, rows, Book(of.book), of.year), amounts)
        by_id = {ids[cell]: one.amount.fen for cell, one in amounts.items()}
        lines = rows.lock_lines(by_id)
        refuse_if(too_small((held(line), by_id[line.id]) for line in lines))
        grant(rows, {line_id: Grant(adjusted=fen) for line_id, fen in by_id.items()})


def in_execution(year: AnyRow, book: Book) -> None:
    """Refuse a year whose budget is not in execution."""
    if year.stage == Stage.CLOSED:
        raise YearClosed(book=book.label, year=year.year)
    if year.stage != Stage.APPROVED:
        raise YearNotApproved(book=book.label, year=year.year, stage=Stage(year.stage).label)


def held(line: AnyRow) -> Held:
    """Return a line as the rules take it."""
    used: Money = line.reserved + line.committed + line.paid
    return Held(line.name, granted(line), used.fen)
