"""The table of what years leave unspent."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, String
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
)
from xuequ.unified.budget.states.closing import CarryKind


class BudgetCarryOver(TenantRow, Base):
    """What the close of a year made of unspent money of one origin on a line: 结转 or 结余."""

    __tablename__ = "xq_budget_carry_over"
    __table_args__ = tenant_table(
        "xq_budget_carry_over",
        tenant_key("xq_budget_carry_over", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_carry_over", "line_id", "xq_budget_line"),
        tenant_key("xq_budget_carry_over", "to_line_id", "xq_budget_line"),
        tenant_unique("xq_budget_carry_over", "line_id", "origin"),
        tenant_index("xq_budget_carry_over", "to_line_id"),
        one_of("xq_budget_carry_over", "kind", CarryKind),
        CheckConstraint("(to_line_id IS NOT NULL) = (kind = 'carried')", name="to_line"),
        CheckConstraint("amount > 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    line_id: Mapped[int] = mapped_column(BigInteger)
    origin: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    to_line_id: Mapped[int | None] = mapped_column(BigInteger)


append_only(BudgetCarryOver.__table__)
