"""Tables of office goods in stock 办公用品库存.

Stock is kept by quantity only. What goods cost is in the budget's ledger, paid by the claim that bought
them; a price beside the piece would be a second truth about the same money, and the two would part.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.source import KIND_LENGTH
from xuequ.core.tables import (
    Base,
    ExactDecimal,
    TenantRow,
    append_only,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.unified.budget.states.stock import StockKind

PLACES = 2
"""Decimals of a quantity: paper goes by the ream, cloth by the metre."""


class StockItem(TenantRow, Base):
    """One kind of goods 品目 with what is on the shelf; from `closed_on` on there is none of it."""

    __tablename__ = "xq_budget_stock_item"
    __table_args__ = tenant_table(
        "xq_budget_stock_item",
        tenant_key("xq_budget_stock_item", "district_id", "xq_registry_district"),
        tenant_unique("xq_budget_stock_item", "district_id", "code"),
        CheckConstraint("balance >= 0", name="balance"),
        CheckConstraint("closed_on IS NULL OR balance = 0", name="closed"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    unit: Mapped[str] = mapped_column(String(20))
    balance: Mapped[Decimal] = mapped_column(ExactDecimal(PLACES))
    closed_on: Mapped[date | None] = mapped_column(Date)


class StockMove(TenantRow, Base):
    """One movement of an item: `change` is what it adds to the shelf; append-only.

    `line` is its number on the slip 单据 of its source. `staff_id` signed for what was issued, `by_id` is
    who recorded it, and nobody where a script did. A return names the issue that it comes from, a red row
    what it reverses.
    """

    __tablename__ = "xq_budget_stock_move"
    __table_args__ = tenant_table(
        "xq_budget_stock_move",
        tenant_key("xq_budget_stock_move", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_stock_move", "item_id", "xq_budget_stock_item"),
        tenant_key("xq_budget_stock_move", "school_id", "xq_registry_school"),
        tenant_key("xq_budget_stock_move", "staff_id", "xq_registry_staff"),
        tenant_key("xq_budget_stock_move", "by_id", "xq_registry_staff"),
        tenant_key("xq_budget_stock_move", "returns_id", "xq_budget_stock_move"),
        tenant_key("xq_budget_stock_move", "reverses_id", "xq_budget_stock_move"),
        tenant_unique("xq_budget_stock_move", "reverses_id"),
        UniqueConstraint(
            *("county_id", "district_id", "source_kind", "source_id", "kind", "line"),
            name="uq_xq_budget_stock_move_use",
        ),
        tenant_index("xq_budget_stock_move", "item_id", "day"),
        tenant_index("xq_budget_stock_move", "returns_id"),
        one_of("xq_budget_stock_move", "kind", StockKind),
        CheckConstraint(
            "kind IN ('counted', 'reversed') OR (kind = 'issued' AND change < 0)"
            " OR (kind IN ('received', 'returned') AND change > 0)",
            name="change",
        ),
        CheckConstraint("(counted IS NOT NULL) = (kind = 'counted')", name="counted"),
        CheckConstraint("(returns_id IS NOT NULL) = (kind = 'returned')", name="returns"),
        CheckConstraint("(reverses_id IS NOT NULL) = (kind = 'reversed')", name="reverses"),
        CheckConstraint("kind <> 'issued' OR staff_id IS NOT NULL", name="signed"),
        CheckConstraint("kind <> 'received' OR paper <> ''", name="paper"),
        CheckConstraint("kind NOT IN ('counted', 'reversed') OR reason <> ''", name="reason"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    item_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    change: Mapped[Decimal] = mapped_column(ExactDecimal(PLACES))
    counted: Mapped[Decimal | None] = mapped_column(ExactDecimal(PLACES))
    day: Mapped[date] = mapped_column(Date)
    source_kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    source_id: Mapped[int] = mapped_column(BigInteger)
    line: Mapped[int]
    paper: Mapped[str] = mapped_column(String(40), default="")
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    office: Mapped[str] = mapped_column(String(100), default="")
    staff_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(200), default="")
    returns_id: Mapped[int | None] = mapped_column(BigInteger)
    reverses_id: Mapped[int | None] = mapped_column(BigInteger)
    by_id: Mapped[int | None] = mapped_column(BigInteger)


append_only(StockMove.__table__)
