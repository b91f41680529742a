"""Errors of purchases."""

from __future__ import annotations

from decimal import Decimal

from xuequ.core.errors import Conflict, NotFound, RuleBroken
from xuequ.core.money import Money


class PurchaseUnknown(NotFound):
    """No such purchase here."""

    code = "budget.purchase_unknown"
    purchase: str


class PurchaseKnown(Conflict):
    """The district has a request of that number, which says something else."""

    code = "budget.purchase_known"
    purchase: str


class PurchaseTaken(Conflict):
    """Somebody else has done this already."""

    code = "budget.purchase_taken"
    purchase: str
    act: str
    by: str
    on: str


class RequestNotApproved(RuleBroken):
    """Something is ordered that nobody approved."""

    code = "budget.request_not_approved"
    purchase: str
    state: str


class RequestOrdered(Conflict):
    """A request has its order already, and it is another one."""

    code = "budget.request_ordered"
    purchase: str
    order: str


class OrderUnknown(NotFound):
    """No such order here."""

    code = "budget.order_unknown"
    order: str


class OrderKnown(Conflict):
    """The district has an order of that number."""

    code = "budget.order_known"
    order: str


class ItemTwice(RuleBroken):
    """One item stands twice on an order or an acceptance."""

    code = "budget.purchase_item_twice"
    purchase: str
    no: int


class ItemUnknown(RuleBroken):
    """An order or an acceptance names an item that is not on the request, or not on the order."""

    code = "budget.purchase_item_unknown"
    purchase: str
    no: int


class OrderAboveRequest(RuleBroken):
    """More of an item is ordered than was requested."""

    code = "budget.order_above_request"
    item: str
    ordered: Decimal
    requested: Decimal


class OrderAboveEstimate(RuleBroken):
    """An order takes more of a budget line than was approved for the request."""

    code = "budget.order_above_estimate"
    line: str
    ordered: Money
    approved: Money


class AcceptanceKnown(Conflict):
    """The district has an acceptance of that number, which says something else."""

    code = "budget.acceptance_known"
    acceptance: str


class AcceptanceUnknown(NotFound):
    """No such acceptance here."""

    code = "budget.acceptance_unknown"
    acceptance: str


class AcceptedAboveOrder(RuleBroken):
    """More of an item would be accepted than was ordered."""

    code = "budget.accepted_above_order"
    item: str
    accepted: Decimal
    left: Decimal


class RejectionUnexplained(RuleBroken):
    """Something is rejected and nothing says why."""

    code = "budget.rejection_unexplained"
    item: str


class NothingDelivered(RuleBroken):
    """An item is accepted and rejected by nothing."""

    code = "budget.nothing_delivered"
    item: str


class AcceptedBeforeOrdered(RuleBroken):
    """A delivery earlier than its order, or on a day that has not come."""

    code = "budget.acceptance_day"
    day: str
    ordered: str
    today: str


class PurchaseDutiesMeet(RuleBroken):
    """One person would do two things with a purchase that must be apart."""

    code = "budget.purchase_duties"
    purchase: str
    staff: str
    act: str
    duties: str
    authority: str


class OrderUnderClaim(RuleBroken):
    """Claims of an order are under way, so what it has committed is not given back."""

    code = "budget.order_under_claim"
    order: str
    claims: str


class OrderNotStanding(RuleBroken):
    """A claim cites an order that was cancelled or is closed."""

    code = "budget.order_not_standing"
    order: str
    state: str


class OrderOfOtherSupplier(RuleBroken):
    """A claim cites an order of another supplier."""

    code = "budget.order_other_supplier"
    claim: str
    order: str
    supplier: str


class ClaimAboveAccepted(RuleBroken):
    """Claims take more of an order than what was accepted on it is worth."""

    code = "budget.claim_above_accepted"
    order: str
    claimed: Money
    accepted: Money
