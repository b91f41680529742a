"""Tables of budget control."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.access import Post
from xuequ.core.money import Money
from xuequ.core.source import KIND_LENGTH
from xuequ.core.tables import (
    Base,
    MoneyColumn,
    TenantRow,
    append_only,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    unique_without,
)
from xuequ.unified.budget.states.control import ControlMode, ControlStage

_USE = ("source_kind", "source_id", "line_id")


class BudgetOverride(TenantRow, Base):
    """By how much a line may be overspent, and why: a refusal that a post overrode, or what a mode let pass.

    Without an entry a named post raised the allowance beforehand, with a reason (`mode` is what it
    overrode); with one, control passed that entry by its mode. Append-only: a line's ``allowance`` is the
    sum of these.
    """

    __tablename__ = "xq_budget_override"
    __table_args__ = tenant_table(
        "xq_budget_override",
        tenant_key("xq_budget_override", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_override", "school_id", "xq_registry_school"),
        tenant_key("xq_budget_override", "line_id", "xq_budget_line"),
        tenant_key("xq_budget_override", "entry_id", "xq_budget_entry"),
        UniqueConstraint("county_id", "entry_id", name="uq_xq_budget_override_entry"),
        unique_without("uq_xq_budget_override_by_hand", "entry_id", *_USE),
        tenant_index("xq_budget_override", "line_id"),
        one_of("xq_budget_override", "stage", ControlStage),
        one_of("xq_budget_override", "mode", ControlMode),
        one_of("xq_budget_override", "post", Post),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "(mode = 'refuse') = (reason IS NOT NULL) AND (mode = 'refuse') = (post IS NOT NULL)"
            " AND (mode = 'refuse') = (entry_id IS NULL) AND (mode = 'refuse') = (stage IS NULL)",
            name="reasoned",
        ),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    line_id: Mapped[int] = mapped_column(BigInteger)
    entry_id: Mapped[int | None] = mapped_column(BigInteger)
    source_kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    source_id: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    day: Mapped[date] = mapped_column(Date)
    stage: Mapped[str | None] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(40))
    post: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(String(500))


append_only(BudgetOverride.__table__)
