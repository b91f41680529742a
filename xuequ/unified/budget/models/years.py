"""Tables of the budget of a year: its versions, control figures, provisional money, opening balances."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String, UniqueConstraint
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
from xuequ.unified.budget.states.ledger import FundSource
from xuequ.unified.budget.states.years import Ground, Round, Side

_CELL = ("version_id", "side", "fund", "project_id", "function", "economic")


class BudgetVersion(TenantRow, Base):
    """A version 版本 of a year's budget: the last one is open while its round is drafted, the others stand.

    `revision` counts how often its rows were replaced; the days and numbers are of the documents that it
    went through.
    """

    __tablename__ = "xq_budget_version"
    __table_args__ = tenant_table(
        "xq_budget_version",
        tenant_key("xq_budget_version", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_version", "year_id", "xq_budget_year"),
        tenant_unique("xq_budget_version", "year_id", "number"),
        one_of("xq_budget_version", "round", Round),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(returned_on IS NULL) = (return_reason IS NULL)", name="returned"),
        CheckConstraint("(approved_on IS NULL) = (approval_no IS NULL)", name="approved"),
        CheckConstraint("(controlled_on IS NULL) = (control_no IS NULL)", name="controlled"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    year_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    round: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(default=0)
    begun_on: Mapped[date] = mapped_column(Date)
    deliberated_on: Mapped[date | None] = mapped_column(Date)
    minutes_no: Mapped[str | None] = mapped_column(String(100))
    submitted_on: Mapped[date | None] = mapped_column(Date)
    submission_no: Mapped[str | None] = mapped_column(String(100))
    controlled_on: Mapped[date | None] = mapped_column(Date)
    control_no: Mapped[str | None] = mapped_column(String(100))
    returned_on: Mapped[date | None] = mapped_column(Date)
    return_reason: Mapped[str | None] = mapped_column(String(200))
    approved_on: Mapped[date | None] = mapped_column(Date)
    approval_no: Mapped[str | None] = mapped_column(String(100))


class BudgetVersionLine(TenantRow, Base):
    """A row of a version: income by source and project, or expenditure by cell."""

    __tablename__ = "xq_budget_version_line"
    __table_args__ = tenant_table(
        "xq_budget_version_line",
        tenant_key("xq_budget_version_line", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_version_line", "version_id", "xq_budget_version"),
        tenant_key("xq_budget_version_line", "project_id", "xq_budget_project"),
        tenant_key("xq_budget_version_line", "school_id", "xq_registry_school"),
        UniqueConstraint("county_id", *_CELL, "school_id", name="uq_xq_budget_version_line_cell"),
        unique_without("uq_xq_budget_version_line_of_district", "school_id", *_CELL),
        one_of("xq_budget_version_line", "side", Side),
        one_of("xq_budget_version_line", "fund", FundSource),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint(
            "(side = 'expenditure') = (function <> '') AND (side = 'expenditure') = (economic <> '')",
            name="codes",
        ),
        CheckConstraint("side = 'expenditure' OR school_id IS NULL", name="school"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    version_id: Mapped[int] = mapped_column(BigInteger)
    side: Mapped[str] = mapped_column(String(40))
    fund: Mapped[str] = mapped_column(String(40))
    project_id: Mapped[int] = mapped_column(BigInteger)
    function: Mapped[str] = mapped_column(String(40), default="")
    economic: Mapped[str] = mapped_column(String(40), default="")
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    note: Mapped[str] = mapped_column(String(200), default="")


class BudgetControl(TenantRow, Base):
    """The control figure 控制数 in answer to a version: of one source and project, or of all (neither)."""

    __tablename__ = "xq_budget_control"
    __table_args__ = tenant_table(
        "xq_budget_control",
        tenant_key("xq_budget_control", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_control", "version_id", "xq_budget_version"),
        tenant_key("xq_budget_control", "project_id", "xq_budget_project"),
        tenant_unique("xq_budget_control", "version_id", "fund", "project_id"),
        unique_without("uq_xq_budget_control_whole", "project_id", "version_id"),
        one_of("xq_budget_control", "fund", FundSource),
        CheckConstraint("(fund IS NULL) = (project_id IS NULL)", name="pocket"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    version_id: Mapped[int] = mapped_column(BigInteger)
    fund: Mapped[str | None] = mapped_column(String(40))
    project_id: Mapped[int | None] = mapped_column(BigInteger)
    amount: Mapped[Money] = mapped_column(MoneyColumn)


append_only(BudgetControl.__table__)


class BudgetProvisional(TenantRow, Base):
    """Money allotted on a line before the approval 批复前安排, with its ground; the approval replaces it."""

    __tablename__ = "xq_budget_provisional"
    __table_args__ = tenant_table(
        "xq_budget_provisional",
        tenant_key("xq_budget_provisional", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_provisional", "year_id", "xq_budget_year"),
        tenant_key("xq_budget_provisional", "line_id", "xq_budget_line"),
        tenant_unique("xq_budget_provisional", "year_id", "document_no", "line_id", "ground"),
        tenant_index("xq_budget_provisional", "line_id"),
        one_of("xq_budget_provisional", "ground", Ground),
        CheckConstraint("amount > 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    year_id: Mapped[int] = mapped_column(BigInteger)
    line_id: Mapped[int] = mapped_column(BigInteger)
    document_no: Mapped[str] = mapped_column(String(100))
    ground: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    allotted_on: Mapped[date] = mapped_column(Date)
    through: Mapped[date] = mapped_column(Date)
    basis: Mapped[str] = mapped_column(String(200), default="")


append_only(BudgetProvisional.__table__)


class BudgetOpening(TenantRow, Base):
    """What was paid and committed on a line before the district began to keep its ledger here 期初."""

    __tablename__ = "xq_budget_opening"
    __table_args__ = tenant_table(
        "xq_budget_opening",
        tenant_key("xq_budget_opening", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_opening", "line_id", "xq_budget_line"),
        tenant_unique("xq_budget_opening", "line_id", "reference"),
        CheckConstraint("paid >= 0 AND committed >= 0 AND paid + committed > 0", name="amounts"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    line_id: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str] = mapped_column(String(100))
    as_of: Mapped[date] = mapped_column(Date)
    paid: Mapped[Money] = mapped_column(MoneyColumn)
    committed: Mapped[Money] = mapped_column(MoneyColumn)


append_only(BudgetOpening.__table__)
