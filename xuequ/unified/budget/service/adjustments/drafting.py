"""Drafting adjustments and letting them pass: approved by finance, filed, voided, reversed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.unified.budget.actions.adjustments import (
    DRAFT_ADJUSTMENT,
    FILE_ADJUSTMENT,
    RECORD_ADJUSTMENT_APPROVAL,
    VOID_ADJUSTMENT,
)
from xuequ.unified.budget.errors.adjustments import AdjustmentDiffers, OtherWay
from xuequ.unified.budget.errors.ledger import ProjectUnknown
from xuequ.unified.budget.facts.adjustments import (
    AdjustmentApproved,
    AdjustmentFiled,
    AdjustmentMoved,
    AdjustmentVoided,
)
from xuequ.unified.budget.rules.adjustments import Change, unbalanced, unfit, way_of
from xuequ.unified.budget.rules.years import twice
from xuequ.unified.budget.schemas.adjustments import AdjustmentDraft, AdjustmentView
from xuequ.unified.budget.schemas.ledger import LineCell
from xuequ.unified.budget.service.adjustments.steps import AdjustmentSteps, check_step
from xuequ.unified.budget.service.ledger.granting import Cells
from xuequ.unified.budget.states.adjustments import AdjustmentKind, AdjustmentState, AdjustmentWay, Side


class Drafting(AdjustmentSteps):
    """What an adjustment is before it counts."""

    @use_case(DRAFT_ADJUSTMENT)
    def draft(self, command: AdjustmentDraft) -> AdjustmentView:
        """Draft an adjustment 拟写预算调整; of which way it must go is told in the answer.

        Raises:
            AdjustmentDiffers: the number is taken by another one.
            Problems: what does not balance, unknown codes, forbidden uses, another year's day.
        """
        cells = Cells(self.context, self._rows, command.book, command.year)
        refuse_if(_problems(command, cells))
        way, exceptional = way_of(command.fund, self.context.standards, command.day)
        values = command.model_dump(mode="json", exclude={"incomes", "lines", "day"})
        values |= {"kind": AdjustmentKind.CHANGE.code, "way": way.code, "exceptional": exceptional}
        values |= {"day": command.day, "reverses_id": None}
        return self._draft(values, _changes(command, cells))

    @use_case(RECORD_ADJUSTMENT_APPROVAL)
    def record_approval(self, number: str, finance_no: str) -> AdjustmentView:
        """Record the number under which the finance department approved an adjustment.

        Raises:
            OtherWay: it is not for the finance department to approve.
            AdjustmentDiffers: another number is recorded.
            AdjustmentUnknown, IllegalTransition: by the number of the adjustment and its state.
        """
        return self._let_pass(number, finance_no, AdjustmentWay.FINANCE, AdjustmentApproved)

    @use_case(FILE_ADJUSTMENT)
    def file(self, number: str, filed_no: str) -> AdjustmentView:
        """Record under which number an adjustment of other money was filed 备案.

        Raises:
            OtherWay: its money is not adjusted by oneself.
            AdjustmentDiffers, AdjustmentUnknown, IllegalTransition: as `record_approval`.
        """
        return self._let_pass(number, filed_no, AdjustmentWay.OWN_FILED, AdjustmentFiled)

    def _let_pass(
        self, number: str, reference_no: str, way: AdjustmentWay, fact: type[AdjustmentMoved]
    ) -> AdjustmentView:
        row = self._locked(number)
        if row.way != way:
            raise OtherWay(number=number, way=AdjustmentWay(row.way).label)
        if row.reference_no is not None:
            if row.reference_no != reference_no:
                raise AdjustmentDiffers(number=number)
            return self._shown(number)
        state = AdjustmentState.APPROVED if way is AdjustmentWay.FINANCE else AdjustmentState.FILED
        check_step(row, state)
        self._rows.step(row.id, state=state.code, reference_no=reference_no)
        self._say(fact, row, self.context.today)
        return self._shown(number)

    @use_case(VOID_ADJUSTMENT)
    def void(self, number: str, reason: str) -> AdjustmentView:
        """Void an adjustment that was not applied 作废; it stays, and its number with it.

        Raises:
            IllegalTransition: it was applied, so only a counter-adjustment corrects it.
            AdjustmentUnknown: the district has none of that number.
        """
        row = self._locked(number)
        if row.state != AdjustmentState.VOIDED:
            check_step(row, AdjustmentState.VOIDED)
            today = self.context.today
            self._rows.step(row.id, state=AdjustmentState.VOIDED.code, voided_on=today, void_reason=reason)
            self._say(AdjustmentVoided, row, today)
        return self._shown(number)


def _problems(command: AdjustmentDraft, cells: Cells) -> list[Problem]:
    """Return what stands against an adjustment as a whole; of an unknown project nothing else is said."""
    incomes = [Change(one.project, one.amount.fen) for one in command.incomes]
    lines = [Change(one.project, one.amount.fen) for one in command.lines]
    unknown = sorted({one.project for one in (*incomes, *lines)} - cells.projects.keys())
    if unknown:
        return [Problem(ProjectUnknown(project=project)) for project in unknown]
    names = {code: row.name for code, row in cells.projects.items()}
    return [
        *unfit(command.number, command.day, command.year, [*incomes, *lines]),
        *twice(one.project for one in command.incomes),
        *twice(tuple(one.model_dump(exclude={"amount"}).values()) for one in command.lines),
        *unbalanced(command.fund, incomes, lines, names),
    ]


def _changes(command: AdjustmentDraft, cells: Cells) -> Iterator[dict[str, Any]]:
    for one in command.incomes:
        project_id = cells.projects[one.project].id
        yield {"side": Side.INCOME.code, "project_id": project_id, "amount": one.amount}
    named = [LineCell(fund=command.fund, **line.model_dump(exclude={"amount"})) for line in command.lines]
    for cell, line in zip(cells.of(named), command.lines, strict=True):
        yield {
            "side": Side.EXPENDITURE.code,
            "project_id": cell.project_id,
            "function": cell.function,
            "economic": cell.economic,
            "school_id": cell.school_id,
            "amount": line.amount,
        }
