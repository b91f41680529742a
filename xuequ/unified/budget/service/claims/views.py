"""Rows of claims as views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from xuequ.core.access import Post
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.schemas.claims import (
    ClaimItem,
    ClaimLineView,
    ClaimView,
    InvoiceView,
    StepView,
    TurnaroundLine,
)
from xuequ.unified.budget.states.claims import Act, ClaimState


def _common(row: AnyRow) -> dict[str, Any]:
    names = ("id", "number", "school", "claimant", "supplier", "spent_on", "total")
    state = ClaimState(row.state)
    said = {name: getattr(row, name) for name in names}
    return {**said, "school_name": row.school_name or "学区", "state": state, "state_label": state.label}


def claim_item(row: AnyRow) -> ClaimItem:
    """Return a claim's row as one of a list."""
    return ClaimItem(**_common(row))


def claim_view(
    row: AnyRow, lines: Iterable[AnyRow], invoices: Iterable[AnyRow], steps: Iterable[AnyRow]
) -> ClaimView:
    """Return a claim's rows as its view."""
    names = ("claimant_id", "claimant_no", "uninvoiced", "order_id", "decision_item_id", "version")
    return ClaimView(
        **_common(row),
        **{name: getattr(row, name) for name in names},
        lines=tuple(_line(line) for line in lines),
        invoices=tuple(_invoice(invoice) for invoice in invoices),
        steps=tuple(_step(step) for step in steps),
    )


def _line(row: AnyRow) -> ClaimLineView:
    names = ("no", "line_id", "line", "what", "amount", "from_order")
    return ClaimLineView(**{name: getattr(row, name) for name in names})


def _invoice(row: AnyRow) -> InvoiceView:
    names = ("code", "number", "day", "amount", "supplier")
    return InvoiceView(**{name: getattr(row, name) for name in names})


def _step(row: AnyRow) -> StepView:
    act = Act(row.act)
    return StepView(
        act=act,
        label=act.label,
        staff_no=row.staff_no or "",
        name=row.name or "系统",
        post="" if row.post is None else Post(row.post).label,
        **{name: getattr(row, name) for name in ("day", "at", "reason", "summed", "basis")},
    )


def turnaround_line(row: AnyRow, steps: Sequence[AnyRow], today: date) -> TurnaroundLine | None:
    """Return how long a claim took since it was last submitted; None when it never was."""
    submitted = [place for place, step in enumerate(steps) if step.act == Act.SUBMIT]
    if not submitted:
        return None
    since = steps[submitted[-1]].day
    days = {Act(step.act): (step.day - since).days for step in steps[submitted[-1] :]}
    state = ClaimState(row.state)
    waits = state in (ClaimState.SUBMITTED, ClaimState.CHECKED, ClaimState.APPROVED)
    return TurnaroundLine(
        number=row.number,
        school_name=row.school_name or "学区",
        total=row.total,
        state_label=state.label,
        submitted_on=since,
        check_days=days.get(Act.CHECK),
        approve_days=days.get(Act.APPROVE),
        pay_days=days.get(Act.PAY),
        post_days=days.get(Act.POST),
        waiting_days=(today - since).days if waits else None,
        returned=sum(step.act == Act.RETURN for step in steps),
    )
