"""Tables of allotments 公用经费核定, with what they were computed by, and of releases 核拨."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String
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
)
from xuequ.registry.states.classes import Stage
from xuequ.unified.budget.states.allotments import AllotmentItem, ReleaseState


class Allotment(TenantRow, Base):
    """The allotment of a year's 公用经费 by one frozen headcount; a correction is the next number."""

    __tablename__ = "xq_budget_allotment"
    __table_args__ = tenant_table(
        "xq_budget_allotment",
        tenant_key("xq_budget_allotment", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_allotment", "headcount_id", "xq_registry_headcount"),
        tenant_unique("xq_budget_allotment", "district_id", "year", "number"),
        CheckConstraint("number >= 1 AND (number = 1) = (reason = '')", name="number"),
        CheckConstraint("total >= 0", name="total"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    document_no: Mapped[str] = mapped_column(String(200))
    headcount_id: Mapped[int] = mapped_column(BigInteger)
    adopted_on: Mapped[date] = mapped_column(Date)
    total: Mapped[Money] = mapped_column(MoneyColumn)


class AllotmentStandard(TenantRow, Base):
    """An entry of the rule parameters that an allotment was computed by, as it was then."""

    __tablename__ = "xq_budget_allotment_standard"
    __table_args__ = tenant_table(
        "xq_budget_allotment_standard",
        tenant_key("xq_budget_allotment_standard", "allotment_id", "xq_budget_allotment"),
        tenant_unique("xq_budget_allotment_standard", "allotment_id", "key"),
    )

    allotment_id: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str] = mapped_column(String(100))
    since: Mapped[date] = mapped_column(Date)
    place: Mapped[str] = mapped_column(String(100))
    value: Mapped[str] = mapped_column(String(200))
    authority: Mapped[str] = mapped_column(String(400))
    checked: Mapped[str] = mapped_column(String(40))


class AllotmentSchool(TenantRow, Base):
    """Whether a school may count as a small rural one 小规模学校, and why it was decided so."""

    __tablename__ = "xq_budget_allotment_school"
    __table_args__ = tenant_table(
        "xq_budget_allotment_school",
        tenant_key("xq_budget_allotment_school", "allotment_id", "xq_budget_allotment"),
        tenant_key("xq_budget_allotment_school", "school_id", "xq_registry_school"),
        tenant_unique("xq_budget_allotment_school", "allotment_id", "school_id"),
        CheckConstraint("basis <> ''", name="basis"),
    )

    allotment_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    eligible: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    basis: Mapped[str] = mapped_column(String(200))


class AllotmentLine(TenantRow, Base):
    """What a school gets for one stage and item: rate times counted heads, the actual ones beside them."""

    __tablename__ = "xq_budget_allotment_line"
    __table_args__ = tenant_table(
        "xq_budget_allotment_line",
        tenant_key("xq_budget_allotment_line", "allotment_id", "xq_budget_allotment"),
        tenant_key("xq_budget_allotment_line", "school_id", "xq_registry_school"),
        tenant_unique("xq_budget_allotment_line", "allotment_id", "school_id", "stage", "item"),
        one_of("xq_budget_allotment_line", "stage", Stage),
        one_of("xq_budget_allotment_line", "item", AllotmentItem),
        CheckConstraint("actual >= 0 AND counted > 0", name="heads"),
        CheckConstraint("amount = rate * counted", name="amount"),
    )

    allotment_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    stage: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(40))
    standard_key: Mapped[str] = mapped_column(String(100))
    rate: Mapped[Money] = mapped_column(MoneyColumn)
    actual: Mapped[int]
    counted: Mapped[int]
    amount: Mapped[Money] = mapped_column(MoneyColumn)


class Release(TenantRow, Base):
    """A release 核拨单: an envelope out of a training or activities line, for a school or an activity.

    It holds its money by an entry on the line whose purpose is the release; what pays takes it from there.
    """

    __tablename__ = "xq_budget_release"
    __table_args__ = tenant_table(
        "xq_budget_release",
        tenant_key("xq_budget_release", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_release", "line_id", "xq_budget_line"),
        tenant_key("xq_budget_release", "school_id", "xq_registry_school"),
        tenant_unique("xq_budget_release", "district_id", "number"),
        tenant_index("xq_budget_release", "line_id"),
        one_of("xq_budget_release", "state", ReleaseState),
        CheckConstraint("amount > 0 AND returned BETWEEN 0 AND amount", name="amount"),
        CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended"),
        CheckConstraint("(state = 'voided') = (end_reason <> '')", name="reason"),
        CheckConstraint("(event_kind IS NULL) = (event_id IS NULL)", name="event"),
        CheckConstraint("school_id IS NOT NULL OR event_kind IS NOT NULL", name="for"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    line_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    event_kind: Mapped[str | None] = mapped_column(String(KIND_LENGTH))
    event_id: Mapped[int | None] = mapped_column(BigInteger)
    about: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    released_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(40), default=ReleaseState.OPEN)
    returned: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    ended_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str] = mapped_column(String(200), default="")


for _model in (Allotment, AllotmentStandard, AllotmentSchool, AllotmentLine):
    append_only(_model.__table__)
