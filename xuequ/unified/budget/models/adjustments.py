"""Tables of the adjustments of a budget."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.money import Money
from xuequ.core.tables import (
    Base,
    MoneyColumn,
    TenantRow,
    append_only,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.unified.budget.states.adjustments import AdjustmentKind, AdjustmentState, AdjustmentWay, Side
from xuequ.unified.budget.states.ledger import Book, FundSource


class BudgetAdjustment(TenantRow, Base):
    """An adjustment 预算调整 of one source's money in a year: who let it pass, and how far it is."""

    __tablename__ = "xq_budget_adjustment"
    __table_args__ = tenant_table(
        "xq_budget_adjustment",
        tenant_key("xq_budget_adjustment", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_adjustment", "reverses_id", "xq_budget_adjustment"),
        tenant_unique("xq_budget_adjustment", "district_id", "number"),
        unique_without("uq_xq_budget_adjustment_reversed_once", "voided_on", "reverses_id"),
        tenant_index("xq_budget_adjustment", "district_id", "book", "year"),
        one_of("xq_budget_adjustment", "book", Book),
        one_of("xq_budget_adjustment", "fund", FundSource),
        one_of("xq_budget_adjustment", "kind", AdjustmentKind),
        one_of("xq_budget_adjustment", "way", AdjustmentWay),
        one_of("xq_budget_adjustment", "state", AdjustmentState),
        CheckConstraint("(reverses_id IS NOT NULL) = (kind = 'counter')", name="reverses"),
        CheckConstraint("(applied_on IS NOT NULL) = (state = 'applied')", name="applied"),
        CheckConstraint("(voided_on IS NOT NULL) = (state = 'voided')", name="voided"),
        CheckConstraint(
            "state <> 'applied' OR way = 'within' OR reference_no IS NOT NULL", name="let_to_pass"
        ),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    book: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    fund: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    way: Mapped[str] = mapped_column(String(40))
    exceptional: Mapped[bool]
    day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200))
    reverses_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(40), default=AdjustmentState.DRAFTED)
    reference_no: Mapped[str | None] = mapped_column(String(100))
    applied_on: Mapped[date | None] = mapped_column(Date)
    voided_on: Mapped[date | None] = mapped_column(Date)
    void_reason: Mapped[str | None] = mapped_column(String(200))


class BudgetAdjustmentLine(TenantRow, Base):
    """What an adjustment changes, signed and append-only: an income, or the cell of a line."""

    __tablename__ = "xq_budget_adjustment_line"
    __table_args__ = tenant_table(
        "xq_budget_adjustment_line",
        tenant_key("xq_budget_adjustment_line", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_adjustment_line", "adjustment_id", "xq_budget_adjustment"),
        tenant_key("xq_budget_adjustment_line", "project_id", "xq_budget_project"),
        tenant_key("xq_budget_adjustment_line", "school_id", "xq_registry_school"),
        tenant_index("xq_budget_adjustment_line", "adjustment_id"),
        one_of("xq_budget_adjustment_line", "side", Side),
        CheckConstraint("(side = 'expenditure') = (function IS NOT NULL)", name="function"),
        CheckConstraint("(side = 'expenditure') = (economic IS NOT NULL)", name="economic"),
        CheckConstraint("side = 'expenditure' OR school_id IS NULL", name="school"),
        CheckConstraint("amount <> 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    adjustment_id: Mapped[int] = mapped_column(BigInteger)
    side: Mapped[str] = mapped_column(String(40))
    project_id: Mapped[int] = mapped_column(BigInteger)
    function: Mapped[str | None] = mapped_column(String(40))
    economic: Mapped[str | None] = mapped_column(String(40))
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    amount: Mapped[Money] = mapped_column(MoneyColumn)


append_only(BudgetAdjustmentLine.__table__)
