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
from xuequ.unified.budget.states.ledger import Book, FundSource, Movement, Pot, ProjectKind, Purse
from xuequ.unified.budget.states.years import Stage


class BudgetYear(TenantRow, Base):
    """A fiscal year 预算年度 of one book of a district, and how far its budget is."""

    __tablename__ = "xq_budget_year"
    __table_args__ = tenant_table(
        "xq_budget_year",
        tenant_key("xq_budget_year", "district_id", "xq_registry_district"),
        tenant_unique("xq_budget_year", "district_id", "book", "year"),
        one_of("xq_budget_year", "book", Book),
        one_of("xq_budget_year", "stage", Stage),
        CheckConstraint("(closed_on IS NOT NULL) = (stage = 'closed')", name="closed"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    book: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    stage: Mapped[str] = mapped_column(String(40), default=Stage.DRAFTING)
    closed_on: Mapped[date | None] = mapped_column(Date)


class BudgetProject(TenantRow, Base):
    """A project 项目 of a district's budget: what a pot of money is for, whatever the year."""

    __tablename__ = "xq_budget_project"
    __table_args__ = tenant_table(
        "xq_budget_project",
        tenant_key("xq_budget_project", "district_id", "xq_registry_district"),
        tenant_unique("xq_budget_project", "district_id", "code"),
        one_of("xq_budget_project", "kind", ProjectKind),
        one_of("xq_budget_project", "purse", Purse),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))
    purse: Mapped[str] = mapped_column(String(40))


class BudgetIncome(TenantRow, Base):
    """Income 收入预算 of a book's year by source and project, which expenditure follows."""

    __tablename__ = "xq_budget_income"
    __table_args__ = tenant_table(
        "xq_budget_income",
        tenant_key("xq_budget_income", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_income", "project_id", "xq_budget_project"),
        tenant_unique("xq_budget_income", "district_id", "book", "year", "fund", "project_id"),
        one_of("xq_budget_income", "book", Book),
        one_of("xq_budget_income", "fund", FundSource),
        CheckConstraint("approved >= 0", name="approved"),
        CheckConstraint("approved + adjusted >= 0", name="adjusted"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    book: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    fund: Mapped[str] = mapped_column(String(40))
    project_id: Mapped[int] = mapped_column(BigInteger)
    approved: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    adjusted: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))


CELL = ("district_id", "book", "year", "fund", "project_id", "function", "economic")
"""What a line is but for its school; a cell without a school matches only cells without one."""


class BudgetLine(TenantRow, Base):
    """A budget line 预算项目: one cell of a year's book, what was granted on it, and where the money is.

    ``approved``, ``provisional``, ``adjusted``, ``carried_in`` and ``allowance`` (what may be overspent)
    are moved only by documents, ``reserved``, ``committed`` and ``paid`` only by entries, all by guarded
    statements.
    """

    __tablename__ = "xq_budget_line"
    __table_args__ = tenant_table(
        "xq_budget_line",
        tenant_key("xq_budget_line", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_line", "school_id", "xq_registry_school"),
        tenant_key("xq_budget_line", "project_id", "xq_budget_project"),
        UniqueConstraint("county_id", *CELL, "school_id", name="uq_xq_budget_line_cell"),
        unique_without("uq_xq_budget_line_of_district", "school_id", *CELL),
        one_of("xq_budget_line", "book", Book),
        one_of("xq_budget_line", "fund", FundSource),
        CheckConstraint("approved >= 0", name="approved"),
        CheckConstraint("provisional >= 0", name="provisional"),
        CheckConstraint("carried_in >= 0", name="carried_in"),
        CheckConstraint("allowance >= 0", name="allowance"),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("committed >= 0", name="committed"),
        CheckConstraint("paid >= 0", name="paid"),
        CheckConstraint(
            "reserved + committed + paid <= approved + provisional + adjusted + carried_in + allowance",
            name="within",
        ),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    year: Mapped[int]
    book: Mapped[str] = mapped_column(String(40))
    fund: Mapped[str] = mapped_column(String(40))
    project_id: Mapped[int] = mapped_column(BigInteger)
    function: Mapped[str] = mapped_column(String(40))
    economic: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    approved: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    provisional: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    adjusted: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    carried_in: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    allowance: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
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
