"""Tables of claims: the claim, its lines and invoices, and the acts on it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.access import Post
from xuequ.core.money import Money
from xuequ.core.tables import (
    Base,
    MoneyColumn,
    TenantRow,
    UtcDateTime,
    append_only,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.unified.budget.states.claims import Act, ClaimState


class BudgetClaim(TenantRow, Base):
    """A claim 报销单 of a school, or of the district itself; `supplier_key` is how suppliers are compared."""

    __tablename__ = "xq_budget_claim"
    __table_args__ = tenant_table(
        "xq_budget_claim",
        tenant_key("xq_budget_claim", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_claim", "school_id", "xq_registry_school"),
        tenant_key("xq_budget_claim", "decision_item_id", "xq_budget_decision_item"),
        tenant_key("xq_budget_claim", "claimant_id", "xq_registry_staff"),
        tenant_key("xq_budget_claim", "order_id", "xq_budget_order"),
        tenant_unique("xq_budget_claim", "district_id", "number"),
        tenant_index("xq_budget_claim", "district_id", "supplier_key", "spent_on"),
        tenant_index("xq_budget_claim", "order_id"),
        one_of("xq_budget_claim", "state", ClaimState),
        CheckConstraint("total >= 0", name="total"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    claimant_id: Mapped[int] = mapped_column(BigInteger)
    supplier: Mapped[str] = mapped_column(String(100))
    supplier_key: Mapped[str] = mapped_column(String(100))
    spent_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(40))
    total: Mapped[Money] = mapped_column(MoneyColumn)
    uninvoiced: Mapped[str] = mapped_column(String(200), default="")
    order_id: Mapped[int | None] = mapped_column(BigInteger)
    decision_item_id: Mapped[int | None] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(default=1)


class BudgetClaimLine(TenantRow, Base):
    """What a claim is for, on which budget line; `from_order` comes out of what its order has committed."""

    __tablename__ = "xq_budget_claim_line"
    __table_args__ = tenant_table(
        "xq_budget_claim_line",
        tenant_key("xq_budget_claim_line", "claim_id", "xq_budget_claim"),
        tenant_key("xq_budget_claim_line", "line_id", "xq_budget_line"),
        tenant_unique("xq_budget_claim_line", "claim_id", "no"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("from_order >= 0 AND from_order <= amount", name="from_order"),
    )

    claim_id: Mapped[int] = mapped_column(BigInteger)
    no: Mapped[int]
    line_id: Mapped[int] = mapped_column(BigInteger)
    what: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    from_order: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))


class BudgetInvoice(TenantRow, Base):
    """An invoice 发票 of a claim: once in a district, unless the claim that had it is void."""

    __tablename__ = "xq_budget_invoice"
    __table_args__ = tenant_table(
        "xq_budget_invoice",
        tenant_key("xq_budget_invoice", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_invoice", "claim_id", "xq_budget_claim"),
        unique_without("uq_xq_budget_invoice_living", "freed_on", "district_id", "code", "number"),
        tenant_index("xq_budget_invoice", "claim_id"),
        CheckConstraint("amount > 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    claim_id: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[str] = mapped_column(String(40))
    day: Mapped[date] = mapped_column(Date)
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    supplier: Mapped[str] = mapped_column(String(100))
    freed_on: Mapped[date | None] = mapped_column(Date)


class BudgetClaimStep(TenantRow, Base):
    """An act on a claim, append-only: who, as which post, when; `summed` and `basis` chose the band.

    Without a member of staff it was a script, and the reason is the one that it gave.
    """

    __tablename__ = "xq_budget_claim_step"
    __table_args__ = tenant_table(
        "xq_budget_claim_step",
        tenant_key("xq_budget_claim_step", "claim_id", "xq_budget_claim"),
        tenant_key("xq_budget_claim_step", "staff_id", "xq_registry_staff"),
        tenant_index("xq_budget_claim_step", "claim_id"),
        one_of("xq_budget_claim_step", "act", Act),
        one_of("xq_budget_claim_step", "post", Post),
    )

    claim_id: Mapped[int] = mapped_column(BigInteger)
    act: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[int | None] = mapped_column(BigInteger)
    post: Mapped[str | None] = mapped_column(String(40))
    day: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(200), default="")
    summed: Mapped[Money | None] = mapped_column(MoneyColumn)
    basis: Mapped[str] = mapped_column(String(300), default="")


append_only(BudgetClaimStep.__table__)
