"""What every step of an adjustment does: find it, lock it, show it, say what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from xuequ.core.context import Service
from xuequ.core.errors import IllegalTransition
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.adjustments import AdjustmentDiffers, AdjustmentUnknown
from xuequ.unified.budget.facts.adjustments import AdjustmentDrafted, AdjustmentMoved
from xuequ.unified.budget.repository.adjustments import AdjustmentRows
from xuequ.unified.budget.schemas.adjustments import AdjustmentLineView, AdjustmentView
from xuequ.unified.budget.states.adjustments import (
    NEXT,
    AdjustmentKind,
    AdjustmentState,
    AdjustmentWay,
    Side,
)
from xuequ.unified.budget.states.ledger import Book, FundSource


class AdjustmentSteps(Service):
    """What the use cases of adjustments share."""

    @property
    def _rows(self) -> AdjustmentRows:
        return AdjustmentRows(self.context.session, self.context.scope, self.context.place)

    def _locked(self, number: str) -> AnyRow:
        row = self._rows.lock(number)
        if row is None:
            raise AdjustmentUnknown(number=number)
        return row

    def _shown(self, number: str) -> AdjustmentView:
        row = self._rows.find(number)
        if row is None:
            raise AdjustmentUnknown(number=number)
        return views(self._rows, [row])[0]

    def _draft(self, values: dict[str, Any], changes: Iterable[dict[str, Any]]) -> AdjustmentView:
        """Write an adjustment down; one of the same number must say the same, and is the answer then."""
        changes = list(changes)
        row_id = self._rows.add(values, changes)
        row = self._rows.find(values["number"])
        if row is None:
            raise AdjustmentDiffers(number=values["number"])
        if row_id is None:
            self._same(row, values, changes)
        else:
            self._say(AdjustmentDrafted, row, values["day"])
        return views(self._rows, [row])[0]

    def _same(self, row: AnyRow, values: dict[str, Any], changes: list[dict[str, Any]]) -> None:
        there = [
            {name: getattr(one, name) for name in _CHANGED if getattr(one, name) is not None}
            for one in self._rows.changes([row.id])
        ]
        given = [{name: value for name, value in one.items() if value is not None} for one in changes]
        if there != given or any(getattr(row, name) != value for name, value in values.items()):
            raise AdjustmentDiffers(number=row.number)

    def _say(self, fact: type[AdjustmentMoved], row: AnyRow, day: date) -> None:
        self.context.announce(fact(adjustment_id=row.id, book=row.book, year=row.year, day=day))


_CHANGED = ("side", "project_id", "function", "economic", "school_id", "amount")


def check_step(row: AnyRow, to: AdjustmentState) -> None:
    """Refuse a step that the state of an adjustment does not allow."""
    state = AdjustmentState(row.state)
    if to not in NEXT[state]:
        raise IllegalTransition(machine="预算调整", from_=state.label, to=to.label)


def views(rows: AdjustmentRows, found: Iterable[AnyRow]) -> list[AdjustmentView]:
    """Return adjustments with what they change."""
    found = list(found)
    numbers = rows.numbers({row.reverses_id for row in found if row.reverses_id})
    changes: dict[int, list[AdjustmentLineView]] = {row.id: [] for row in found}
    for change in rows.changes(changes):
        changes[change.adjustment_id].append(_change_view(change))
    return [_view(row, numbers.get(row.reverses_id), changes[row.id]) for row in found]


def _change_view(row: AnyRow) -> AdjustmentLineView:
    return AdjustmentLineView(
        side=Side(row.side),
        project=row.project,
        function=row.function,
        economic=row.economic,
        school=row.school,
        amount=row.amount,
    )


def _view(row: AnyRow, reverses: str | None, changes: Iterable[AdjustmentLineView]) -> AdjustmentView:
    return AdjustmentView(
        id=row.id,
        number=row.number,
        book=Book(row.book),
        year=row.year,
        fund=FundSource(row.fund),
        kind=AdjustmentKind(row.kind),
        way=AdjustmentWay(row.way),
        exceptional=row.exceptional,
        day=row.day,
        reason=row.reason,
        reverses=reverses,
        state=AdjustmentState(row.state),
        reference_no=row.reference_no,
        applied_on=row.applied_on,
        voided_on=row.voided_on,
        void_reason=row.void_reason,
        lines=tuple(changes),
    )
