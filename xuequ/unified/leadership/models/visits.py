"""Tables of supervision visits and what they found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.unified.leadership.models.ledgers import Voidable
from xuequ.unified.leadership.states.visits import VisitKind


class Visit(TenantRow, Voidable, Base):
    """A visit of somebody of the leadership team to a school 督导, countersigned by its head."""

    __tablename__ = "xq_leadership_visit"
    __table_args__ = tenant_table(
        "xq_leadership_visit",
        tenant_key("xq_leadership_visit", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_visit", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_visit", "visitor_id", "xq_registry_staff"),
        tenant_key("xq_leadership_visit", "signed_by_id", "xq_registry_staff"),
        tenant_index("xq_leadership_visit", "district_id", "visited_on"),
        tenant_index("xq_leadership_visit", "school_id"),
        unique_without(
            "uq_xq_leadership_visit_standing", "voided_at", "visitor_id", "school_id", "visited_on"
        ),
        one_of("xq_leadership_visit", "kind", VisitKind),
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    visitor_id: Mapped[int] = mapped_column(BigInteger)
    visited_on: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(40))
    topics: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(BigInteger)


class Finding(TenantRow, Base):
    """What a visit found: a remark, or a problem that stays open until it is resolved."""

    __tablename__ = "xq_leadership_finding"
    __table_args__ = tenant_table(
        "xq_leadership_finding",
        tenant_key("xq_leadership_finding", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_finding", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_finding", "visit_id", "xq_leadership_visit"),
        tenant_unique("xq_leadership_finding", "visit_id", "number"),
        tenant_index("xq_leadership_finding", "district_id"),
        tenant_index("xq_leadership_finding", "school_id"),
        CheckConstraint("resolved_on IS NULL OR problem", name="resolved"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    visit_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(Integer)
    problem: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    text: Mapped[str] = mapped_column(Text)
    resolved_on: Mapped[date | None] = mapped_column(Date)
    resolution: Mapped[str] = mapped_column(String(200), default="")
