"""Rows of purchases as views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xuequ.core.access import Post
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.rules.purchases import accepted_worth
from xuequ.unified.budget.schemas.purchases import (
    AcceptanceView,
    DeliveryLineView,
    OrderView,
    PurchaseItemView,
    PurchaseLine,
    PurchaseStepView,
    PurchaseView,
)
from xuequ.unified.budget.states.purchases import PurchaseAct, PurchaseState


def purchase_view(
    row: AnyRow,
    items: Iterable[AnyRow],
    acceptances: Iterable[AnyRow],
    deliveries: Sequence[AnyRow],
    steps: Iterable[AnyRow],
) -> PurchaseView:
    """Return a purchase's rows as its view."""
    names = ("id", "number", "school", "requester_id", "requester", "day", "reason", "estimate")
    rejected: defaultdict[int, Decimal] = defaultdict(Decimal)
    for line in deliveries:
        rejected[line.order_line_id] += line.rejected
    shown = tuple(_item(item, rejected) for item in items)
    state = PurchaseState(row.state)
    return PurchaseView(
        **_picked(row, names),
        school_name=row.school_name or "学区",
        state=state,
        state_label=state.label,
        order=None if row.order_id is None else order_view(row, shown),
        items=shown,
        acceptances=tuple(_acceptance(one, deliveries) for one in acceptances),
        steps=tuple(_step(step) for step in steps),
    )


def order_view(row: AnyRow, items: Iterable[PurchaseItemView]) -> OrderView:
    """Return the order in a purchase's row as its view."""
    return OrderView(
        id=row.order_id,
        number=row.order,
        supplier=row.supplier,
        day=row.ordered_on,
        decision_item_id=row.decision_item_id,
        total=row.total,
        accepted_worth=worth_accepted(items),
    )


def worth_accepted(items: Iterable[Any]) -> Money:
    """Return what the accepted goods of an order are worth, from its items' rows or views."""
    return Money.total(
        accepted_worth(item.ordered, item.accepted, item.order_price, item.order_amount)
        for item in items
        if item.order_line_id is not None
    )


def purchase_line(row: AnyRow, paid: Mapping[int, Money]) -> PurchaseLine:
    """Return a purchase's row as one of a list."""
    state = PurchaseState(row.state)
    return PurchaseLine(
        **_picked(row, ("id", "number", "day", "requester", "estimate", "total")),
        school_name=row.school_name or "学区",
        state=state,
        state_label=state.label,
        order=row.order or "",
        supplier=row.supplier or "",
        paid=paid.get(row.order_id, Money(0)),
    )


def _item(row: AnyRow, rejected: Mapping[int, Decimal]) -> PurchaseItemView:
    names = ("no", "what", "spec", "unit", "line_id", "line", "quantity", "price", "amount")
    ordered = ("order_line_id", "ordered", "order_price", "order_amount")
    none = Decimal(0)
    return PurchaseItemView(
        **_picked(row, (*names, *ordered)),
        accepted=row.accepted or none,
        rejected=rejected.get(row.order_line_id, none),
    )


def _acceptance(row: AnyRow, deliveries: Iterable[AnyRow]) -> AcceptanceView:
    names = ("no", "order_line_id", "what", "spec", "unit", "accepted", "rejected", "reason")
    lines = tuple(
        DeliveryLineView(**_picked(line, names)) for line in deliveries if line.acceptance_id == row.id
    )
    return AcceptanceView(
        **_picked(row, ("id", "number", "day")), acceptor=row.acceptor or "系统", lines=lines
    )


def _step(row: AnyRow) -> PurchaseStepView:
    act = PurchaseAct(row.act)
    return PurchaseStepView(
        act=act,
        label=act.label,
        staff_no=row.staff_no or "",
        name=row.name or "系统",
        post="" if row.post is None else Post(row.post).label,
        **_picked(row, ("day", "at", "reason")),
    )


def _picked(row: AnyRow, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
