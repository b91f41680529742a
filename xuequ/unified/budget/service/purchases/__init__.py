"""Use cases of purchases 采购."""

from __future__ import annotations

from xuequ.unified.budget.service.purchases.accepting import PurchaseAccepting
from xuequ.unified.budget.service.purchases.ending import PurchaseEnding
from xuequ.unified.budget.service.purchases.ordering import PurchaseOrdering
from xuequ.unified.budget.service.purchases.requesting import PurchaseRequesting
from xuequ.unified.budget.service.purchases.viewing import PurchaseViewing

__all__ = ["PurchaseService"]


class PurchaseService(
    PurchaseRequesting, PurchaseOrdering, PurchaseAccepting, PurchaseEnding, PurchaseViewing
):
    """Purchases 采购: requested, approved, ordered, accepted in parts, closed.

    A request reserves money, its order commits what it costs and gives the rest back, claims pay out of what
    is committed, and the close gives back what nobody claimed. Whoever does again what they have done changes
    nothing and has the same answer; whoever comes second is told who was first.
    """
