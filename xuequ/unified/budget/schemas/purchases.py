"""Commands and views of purchases."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Code, Command, Id, Name, Number, Text, View, clean_text
from xuequ.core.money import Money
from xuequ.unified.budget.states.purchases import QUANTITY_PLACES, PurchaseAct, PurchaseState


def _positive(amount: Money) -> Money:
    if amount.fen <= 0:
        raise ValueError("a price is more than nothing")
    return amount


Quantity = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=QUANTITY_PLACES)]
Part = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=QUANTITY_PLACES)]
Price = Annotated[Money, AfterValidator(_positive)]
Unit = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=20)]
Why = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
No = Annotated[int, Field(ge=1, le=9999)]


class ItemRequested(Command):
    """What is wanted: how much of it, at what estimated price for one, and on which budget line."""

    what: Name
    spec: Text = ""
    quantity: Quantity
    unit: Unit
    price: Price
    line_id: Id


class Requesting(Command):
    """Request goods 申购; items are numbered from 1. `school` is None when they are for the district."""

    number: Number
    school: Code | None = None
    requester_id: Id
    reason: Why
    items: Annotated[tuple[ItemRequested, ...], Field(min_length=1)]


class ItemOrdered(Command):
    """How much of the request's item `no` is ordered, at what price for one."""

    no: No
    quantity: Quantity
    price: Price


class Ordering(Command):
    """Order 订购 what a request was approved for; what the council decides on cites its decision."""

    number: Number
    supplier: Name
    decision_item_id: Id | None = None
    lines: Annotated[tuple[ItemOrdered, ...], Field(min_length=1)]


class ItemDelivered(Command):
    """What was delivered of item `no`: accepted, and rejected with the reason."""

    no: No
    accepted: Part = Decimal(0)
    rejected: Part = Decimal(0)
    reason: Text = ""


class Accepting(Command):
    """Accept 验收 a delivery on the order of a purchase; today unless a day is given."""

    number: Number
    day: date | None = None
    lines: Annotated[tuple[ItemDelivered, ...], Field(min_length=1)]


class PurchaseItemView(View):
    """An item, as it was requested, ordered and accepted; `order_line_id` is where it stands on the order."""

    no: int
    what: str
    spec: str
    unit: str
    line_id: Id
    line: str
    quantity: Decimal
    price: Money
    amount: Money
    order_line_id: Id | None
    ordered: Decimal | None
    order_price: Money | None
    order_amount: Money | None
    accepted: Decimal
    rejected: Decimal


class OrderView(View):
    """An order as it stands."""

    id: Id
    number: str
    supplier: str
    day: date
    decision_item_id: Id | None
    total: Money
    accepted_worth: Money


class DeliveryLineView(View):
    """What an acceptance says of an item."""

    no: int
    order_line_id: Id
    what: str
    spec: str
    unit: str
    accepted: Decimal
    rejected: Decimal
    reason: str


class AcceptanceView(View):
    """An acceptance 验收单."""

    id: Id
    number: str
    day: date
    acceptor: str
    lines: tuple[DeliveryLineView, ...]


class PurchaseStepView(View):
    """An act on a purchase: who, as which post, when."""

    act: PurchaseAct
    label: str
    staff_no: str
    name: str
    post: str
    day: date
    at: datetime
    reason: str


class PurchaseView(View):
    """A purchase from the request on."""

    id: Id
    number: str
    school: str | None
    school_name: str
    requester_id: Id
    requester: str
    day: date
    reason: str
    state: PurchaseState
    state_label: str
    estimate: Money
    order: OrderView | None
    items: tuple[PurchaseItemView, ...]
    acceptances: tuple[AcceptanceView, ...]
    steps: tuple[PurchaseStepView, ...]


class OrderSheet(View):
    """An order as it is printed, with its amount in capitals 大写金额; only what was ordered."""

    district: str
    purchase: PurchaseView
    order: OrderView
    lines: tuple[PurchaseItemView, ...]
    capitals: str


class AcceptanceSheet(View):
    """An acceptance as it is printed."""

    district: str
    purchase: PurchaseView
    order: OrderView
    acceptance: AcceptanceView


class PurchaseLine(View):
    """A purchase as one of a list; what claims have paid of its order is `paid`."""

    id: Id
    number: str
    school_name: str
    day: date
    requester: str
    state: PurchaseState
    state_label: str
    estimate: Money
    order: str
    supplier: str
    total: Money | None
    paid: Money


class PurchaseList(View):
    """The purchases of a year 采购台账."""

    district: str
    year: int
    purchases: tuple[PurchaseLine, ...]
