"""What happened to purchases; who acted stands in the journal's own columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money
from xuequ.unified.budget.states.purchases import PurchaseAct


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseMoved(Fact):
    """Base of what an act on a purchase says.

    `amount` is the estimate of a request, the total of an order, and the value of what was accepted.
    """

    name: ClassVar[str] = "budget.purchase_moved"

    request_id: int
    school_id: int | None
    amount: Money
    on: date
    order_id: int | None = None


class PurchaseRequested(PurchaseMoved):
    """Goods were requested 申购, and money reserved for them."""

    name: ClassVar[str] = "budget.purchase_requested"


class PurchaseApproved(PurchaseMoved):
    """A request was approved 批准."""

    name: ClassVar[str] = "budget.purchase_approved"


class PurchaseRefused(PurchaseMoved):
    """A request was refused 不批准, and its money given back."""

    name: ClassVar[str] = "budget.purchase_refused"


class PurchaseOrdered(PurchaseMoved):
    """An order was placed 订购, and money committed for it."""

    name: ClassVar[str] = "budget.purchase_ordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsAccepted(PurchaseMoved):
    """A delivery on an order was accepted 验收, all or part of it."""

    name: ClassVar[str] = "budget.goods_accepted"

    acceptance_id: int


class PurchaseClosed(PurchaseMoved):
    """A purchase was closed 结清, and what was not paid given back."""

    name: ClassVar[str] = "budget.purchase_closed"


class PurchaseCancelled(PurchaseMoved):
    """A purchase was cancelled 取消, and its money given back."""

    name: ClassVar[str] = "budget.purchase_cancelled"


SAID_OF: dict[PurchaseAct, type[PurchaseMoved]] = {
    PurchaseAct.REQUEST: PurchaseRequested,
    PurchaseAct.APPROVE: PurchaseApproved,
    PurchaseAct.REFUSE: PurchaseRefused,
    PurchaseAct.ORDER: PurchaseOrdered,
    PurchaseAct.CLOSE: PurchaseClosed,
    PurchaseAct.CANCEL: PurchaseCancelled,
}
"""Act → the fact that says so; an acceptance says more."""
