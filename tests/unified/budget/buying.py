"""What tests of purchases start from: paper that is requested, ordered and accepted at a counter."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from tests.unified.budget.counter import Counter
from xuequ import Money, Post
from xuequ.unified.budget.schemas.purchases import (
    Accepting,
    ItemDelivered,
    ItemOrdered,
    ItemRequested,
    Ordering,
    PurchaseView,
    Requesting,
)

SUPPLIER = "凤山文具店"
_NUMBERS = count(1)


def requesting(desk: Counter, price: str = "10", quantity: str = "10", **more: Any) -> Requesting:
    """Return a request of s1 for boxes of paper."""
    item: dict[str, Any] = {"what": "打印纸", "spec": "A4 70g", "unit": "箱", "line_id": desk.goods}
    items = (ItemRequested(**item, quantity=Decimal(quantity), price=Money.yuan(price)),)
    said: dict[str, Any] = {"number": f"SG{next(_NUMBERS):04d}", "school": "s1", "reason": "期末考试用纸"}
    said |= {"requester_id": desk.claimant, "items": items, **more}
    return Requesting(**said)


def requested(desk: Counter, *said: str, **more: Any) -> PurchaseView:
    """Request paper as the teacher who needs it."""
    return desk.door(desk.claimant_no).budget.purchases.request(requesting(desk, *said, **more))


def approved(desk: Counter, *said: str, **more: Any) -> PurchaseView:
    """Request paper and have it approved."""
    view = requested(desk, *said, **more)
    return desk.door(Post.PRINCIPAL).budget.purchases.approve(view.id)


def ordering(price: str = "10", quantity: str = "10", **more: Any) -> Ordering:
    """Return an order of boxes of paper."""
    lines = (ItemOrdered(no=1, quantity=Decimal(quantity), price=Money.yuan(price)),)
    said: dict[str, Any] = {"number": f"DD{next(_NUMBERS):04d}", "supplier": SUPPLIER, "lines": lines}
    return Ordering(**{**said, **more})


def ordered(desk: Counter, price: str = "10", quantity: str = "10", **more: Any) -> PurchaseView:
    """Request paper, have it approved, and order it."""
    view = approved(desk, price, quantity)
    return desk.door(Post.BUYER).budget.purchases.order(view.id, ordering(price, quantity, **more))


def order_id(view: PurchaseView) -> int:
    """Return the id of a purchase's order."""
    assert view.order is not None
    return view.order.id


def accepting(part: str, rejected: str = "0", reason: str = "", **more: Any) -> Accepting:
    """Return an acceptance of so many boxes."""
    line = ItemDelivered(no=1, accepted=Decimal(part), rejected=Decimal(rejected), reason=reason)
    said: dict[str, Any] = {"number": f"YS{next(_NUMBERS):04d}", "lines": (line,), **more}
    return Accepting(**said)


def accept(desk: Counter, view: PurchaseView, *said: str) -> PurchaseView:
    """Accept so many boxes as the head of the school."""
    return desk.door(Post.SCHOOL_HEAD).budget.purchases.accept(view.id, accepting(*said))
