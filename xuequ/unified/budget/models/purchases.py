"""Tables of purchases: the request with its items, the order, what was accepted, and the acts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.access import Post
from xuequ.core.money import Money
from xuequ.core.tables import (
    Base,
    ExactDecimal,
    MoneyColumn,
    TenantRow,
    UtcDateTime,
    append_only,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.unified.budget.states.purchases import QUANTITY_PLACES, PurchaseAct, PurchaseState

_Quantity = ExactDecimal(QUANTITY_PLACES)


class PurchaseRequest(TenantRow, Base):
    """A request 申购单 of a school, or of the district itself, and how far its purchase is."""

    __tablename__ = "xq_budget_request"
    __table_args__ = tenant_table(
        "xq_budget_request",
        tenant_key("xq_budget_request", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_request", "school_id", "xq_registry_school"),
        tenant_key("xq_budget_request", "requester_id", "xq_registry_staff"),
        tenant_unique("xq_budget_request", "district_id", "number"),
        one_of("xq_budget_request", "state", PurchaseState),
        CheckConstraint("estimate > 0", name="estimate"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    requester_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(40))
    estimate: Mapped[Money] = mapped_column(MoneyColumn)


class PurchaseItem(TenantRow, Base):
    """What is requested, how much of it at what estimated price, and on which budget line."""

    __tablename__ = "xq_budget_request_item"
    __table_args__ = tenant_table(
        "xq_budget_request_item",
        tenant_key("xq_budget_request_item", "request_id", "xq_budget_request"),
        tenant_key("xq_budget_request_item", "line_id", "xq_budget_line"),
        tenant_unique("xq_budget_request_item", "request_id", "no"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("price > 0 AND amount > 0", name="price"),
    )

    request_id: Mapped[int] = mapped_column(BigInteger)
    no: Mapped[int]
    what: Mapped[str] = mapped_column(String(100))
    spec: Mapped[str] = mapped_column(String(200))
    quantity: Mapped[Decimal] = mapped_column(_Quantity)
    unit: Mapped[str] = mapped_column(String(20))
    price: Mapped[Money] = mapped_column(MoneyColumn)
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    line_id: Mapped[int] = mapped_column(BigInteger)


class PurchaseOrder(TenantRow, Base):
    """An order 采购订单 on a request, which has one at most; `supplier_key` is how suppliers are compared."""

    __tablename__ = "xq_budget_order"
    __table_args__ = tenant_table(
        "xq_budget_order",
        tenant_key("xq_budget_order", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_order", "request_id", "xq_budget_request"),
        tenant_key("xq_budget_order", "decision_item_id", "xq_budget_decision_item"),
        tenant_unique("xq_budget_order", "district_id", "number"),
        tenant_unique("xq_budget_order", "request_id"),
        tenant_index("xq_budget_order", "district_id", "supplier_key", "day"),
        CheckConstraint("total > 0", name="total"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    request_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    supplier: Mapped[str] = mapped_column(String(100))
    supplier_key: Mapped[str] = mapped_column(String(100))
    day: Mapped[date] = mapped_column(Date)
    decision_item_id: Mapped[int | None] = mapped_column(BigInteger)
    total: Mapped[Money] = mapped_column(MoneyColumn)


class PurchaseOrderLine(TenantRow, Base):
    """How much of an item is ordered and at what price; `accepted` is what acceptances come to."""

    __tablename__ = "xq_budget_order_line"
    __table_args__ = tenant_table(
        "xq_budget_order_line",
        tenant_key("xq_budget_order_line", "order_id", "xq_budget_order"),
        tenant_key("xq_budget_order_line", "item_id", "xq_budget_request_item"),
        tenant_unique("xq_budget_order_line", "order_id", "item_id"),
        CheckConstraint("quantity > 0 AND price > 0 AND amount > 0", name="quantity"),
        CheckConstraint("accepted >= 0 AND accepted <= quantity", name="accepted"),
    )

    order_id: Mapped[int] = mapped_column(BigInteger)
    item_id: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[Decimal] = mapped_column(_Quantity)
    price: Mapped[Money] = mapped_column(MoneyColumn)
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    accepted: Mapped[Decimal] = mapped_column(_Quantity, default=Decimal(0))


class PurchaseAcceptance(TenantRow, Base):
    """An acceptance 验收单 of a delivery on an order; append-only."""

    __tablename__ = "xq_budget_acceptance"
    __table_args__ = tenant_table(
        "xq_budget_acceptance",
        tenant_key("xq_budget_acceptance", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_acceptance", "order_id", "xq_budget_order"),
        tenant_key("xq_budget_acceptance", "acceptor_id", "xq_registry_staff"),
        tenant_unique("xq_budget_acceptance", "district_id", "number"),
        tenant_index("xq_budget_acceptance", "order_id"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    order_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    acceptor_id: Mapped[int | None] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)


class PurchaseAcceptanceLine(TenantRow, Base):
    """How much of an order's line was accepted and how much rejected, and why; append-only."""

    __tablename__ = "xq_budget_acceptance_line"
    __table_args__ = tenant_table(
        "xq_budget_acceptance_line",
        tenant_key("xq_budget_acceptance_line", "acceptance_id", "xq_budget_acceptance"),
        tenant_key("xq_budget_acceptance_line", "order_line_id", "xq_budget_order_line"),
        tenant_unique("xq_budget_acceptance_line", "acceptance_id", "order_line_id"),
        tenant_index("xq_budget_acceptance_line", "order_line_id"),
        CheckConstraint("accepted >= 0 AND rejected >= 0 AND accepted + rejected > 0", name="delivered"),
        CheckConstraint("rejected = 0 OR reason <> ''", name="reason"),
    )

    acceptance_id: Mapped[int] = mapped_column(BigInteger)
    order_line_id: Mapped[int] = mapped_column(BigInteger)
    accepted: Mapped[Decimal] = mapped_column(_Quantity)
    rejected: Mapped[Decimal] = mapped_column(_Quantity)
    reason: Mapped[str] = mapped_column(String(200), default="")


class PurchaseStep(TenantRow, Base):
    """An act on a purchase, append-only: who, as which post, when; without staff it was a script."""

    __tablename__ = "xq_budget_purchase_step"
    __table_args__ = tenant_table(
        "xq_budget_purchase_step",
        tenant_key("xq_budget_purchase_step", "request_id", "xq_budget_request"),
        tenant_key("xq_budget_purchase_step", "staff_id", "xq_registry_staff"),
        tenant_index("xq_budget_purchase_step", "request_id"),
        one_of("xq_budget_purchase_step", "act", PurchaseAct),
        one_of("xq_budget_purchase_step", "post", Post),
    )

    request_id: Mapped[int] = mapped_column(BigInteger)
    act: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[int | None] = mapped_column(BigInteger)
    post: Mapped[str | None] = mapped_column(String(40))
    day: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(200), default="")


append_only(PurchaseAcceptance.__table__)
append_only(PurchaseAcceptanceLine.__table__)
append_only(PurchaseStep.__table__)
