"""Tables of the budget's ledger."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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
    tenant_unique,
    unique_without,
)
from xuequ.unified.budget.states import Book, Movement, Pot


class BudgetYear(TenantRow, Base):
    """A fiscal year 预算年度 of a district, open or closed."""

    __tablename__ = "xq_budget_year"
    __table_args__ = tenant_table(
        "xq_budget_year",
        tenant_key("xq_budget_year", "district_id", "xq_registry_district"),
        tenant_unique("xq_budget_year", "district_id", "year"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    closed_on: Mapped[date | None] = mapped_column(Date)


class BudgetLine(TenantRow, Base):
    """A budget line 预算项目 with its balances, which only guarded entries move."""

    __tablename__ = "xq_budget_line"
    __table_args__ = tenant_table(
        "xq_budget_line",
        tenant_key("xq_budget_line", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_line", "school_id", "xq_registry_school"),
        tenant_unique("xq_budget_line", "district_id", "year", "book", "code", "school_id"),
        unique_without(
            "uq_xq_budget_line_of_district", "school_id", *("district_id", "year", "book", "code")
        ),
        one_of("xq_budget_line", "book", Book),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("committed >= 0", name="committed"),
        CheckConstraint("paid >= 0", name="paid"),
        CheckConstraint("reserved + committed + paid <= amount", name="within"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    year: Mapped[int]
    book: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    reserved: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    committed: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    paid: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    closed_on: Mapped[date | None] = mapped_column(Date)


class BudgetEntry(TenantRow, Base):
    """One movement of money on a line, append-only; `source` made it, `purpose` is what it is held for."""

    __tablename__ = "xq_budget_entry"
    __table_args__ = tenant_table(
        "xq_budget_entry",
        tenant_key("xq_budget_entry", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_entry", "school_id", "xq_registry_school"),
        tenant_key("xq_budget_entry", "line_id", "xq_budget_line"),
        UniqueConstraint(
            *("county_id", "source_kind", "source_id", "line_id", "movement", "out_of"),
            name="uq_xq_budget_entry_use",
        ),
        tenant_index("xq_budget_entry", "line_id", "purpose_kind", "purpose_id"),
        one_of("xq_budget_entry", "movement", Movement),
        one_of("xq_budget_entry", "out_of", Pot),
        CheckConstraint("amount > 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    line_id: Mapped[int] = mapped_column(BigInteger)
    movement: Mapped[str] = mapped_column(String(40))
    out_of: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    day: Mapped[date] = mapped_column(Date)
    source_kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    source_id: Mapped[int] = mapped_column(BigInteger)
    purpose_kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    purpose_id: Mapped[int] = mapped_column(BigInteger)


append_only(BudgetEntry.__table__)
