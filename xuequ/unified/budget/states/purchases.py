"""States of a purchase 采购, the acts that lead from one to the next, and how its records are called."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list

REQUEST_KIND = "budget.request"
"""What a request is called, for which money is reserved."""

REQUEST_STEP_KIND = "budget.purchase_step"
"""What an act on a purchase is called as the source of entries that give money back."""

ORDER_LINE_KIND = "budget.order_line"
"""What the first line of an economic code of an order is called, which draws on a decision."""

QUANTITY_PLACES = 3
"""Decimals of a quantity."""


@code_list("采购状态")
class PurchaseState(CodeEnum):
    """How far a purchase is."""

    REQUESTED = "requested", "已申购"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    ORDERED = "ordered", "已订购"
    ACCEPTED = "accepted", "已验收"
    CLOSED = "closed", "已结清"
    CANCELLED = "cancelled", "已取消"


@code_list("采购办理环节")
class PurchaseAct(CodeEnum):
    """What is done with a purchase."""

    REQUEST = "request", "申购"
    APPROVE = "approve", "批准"
    REFUSE = "refuse", "不批准"
    ORDER = "order", "订购"
    ACCEPT = "accept", "验收"
    CLOSE = "close", "结清"
    CANCEL = "cancel", "取消"


_S = PurchaseState

PURCHASE_WAYS: dict[PurchaseAct, tuple[frozenset[PurchaseState], PurchaseState]] = {
    PurchaseAct.REQUEST: (frozenset(), _S.REQUESTED),
    PurchaseAct.APPROVE: (frozenset({_S.REQUESTED}), _S.APPROVED),
    PurchaseAct.REFUSE: (frozenset({_S.REQUESTED}), _S.REFUSED),
    PurchaseAct.ORDER: (frozenset({_S.APPROVED}), _S.ORDERED),
    PurchaseAct.ACCEPT: (frozenset({_S.ORDERED, _S.ACCEPTED}), _S.ACCEPTED),
    PurchaseAct.CLOSE: (frozenset({_S.ACCEPTED}), _S.CLOSED),
    PurchaseAct.CANCEL: (frozenset({_S.REQUESTED, _S.APPROVED, _S.ORDERED}), _S.CANCELLED),
}
"""Act → the states in which it may be done, and the one that it leads to.

Goods are accepted in parts. Once any are, the purchase is closed and no longer cancelled.
"""

RESERVING = frozenset({_S.REQUESTED, _S.APPROVED})
"""The states in which money is reserved for the request."""

STANDING = frozenset({_S.ORDERED, _S.ACCEPTED})
"""The states in which an order stands, and money is committed for it."""
