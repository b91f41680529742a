"""Tables of the ledgers of safety: drills and hazards."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    unique_without,
)
from xuequ.unified.leadership.models.ledgers import Voidable
from xuequ.unified.leadership.states.safety import DrillKind, HazardState


class Drill(TenantRow, Voidable, Base):
    """A drill 演练 that a school held."""

    __tablename__ = "xq_leadership_drill"
    __table_args__ = tenant_table(
        "xq_leadership_drill",
        tenant_key("xq_leadership_drill", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_drill", "school_id", "xq_registry_school"),
        tenant_index("xq_leadership_drill", "district_id", "held_on"),
        unique_without("uq_xq_leadership_drill_standing", "voided_at", "school_id", "kind", "held_on"),
        one_of("xq_leadership_drill", "kind", DrillKind),
        CheckConstraint("participants > 0 AND minutes > 0", name="size"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    held_on: Mapped[date] = mapped_column(Date)
    participants: Mapped[int] = mapped_column(Integer)
    minutes: Mapped[int] = mapped_column(Integer)
    problems: Mapped[str] = mapped_column(String(200), default="")


class Hazard(TenantRow, Voidable, Base):
    """A hazard 隐患: who rectifies it by when, and who else has seen that it is rectified."""

    __tablename__ = "xq_leadership_hazard"
    __table_args__ = tenant_table(
        "xq_leadership_hazard",
        tenant_key("xq_leadership_hazard", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_hazard", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_hazard", "owner_id", "xq_registry_staff"),
        tenant_key("xq_leadership_hazard", "rectified_by_id", "xq_registry_staff"),
        tenant_key("xq_leadership_hazard", "verified_by_id", "xq_registry_staff"),
        tenant_index("xq_leadership_hazard", "district_id", "found_on"),
        tenant_index("xq_leadership_hazard", "school_id"),
        one_of("xq_leadership_hazard", "state", HazardState),
        CheckConstraint("(state = 'found') = (rectified_on IS NULL)", name="rectified"),
        CheckConstraint("(state = 'verified') = (verified_on IS NOT NULL)", name="verified"),
        CheckConstraint(
            "verified_by_id IS NULL OR (verified_by_id <> owner_id AND verified_by_id <> rectified_by_id)",
            name="verified_by_another",
        ),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(40))
    spot: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    found_on: Mapped[date] = mapped_column(Date)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date] = mapped_column(Date)
    rectified_on: Mapped[date | None] = mapped_column(Date)
    rectified_by_id: Mapped[int | None] = mapped_column(BigInteger)
    proof: Mapped[str] = mapped_column(String(200), default="")
    verified_on: Mapped[date | None] = mapped_column(Date)
    verified_by_id: Mapped[int | None] = mapped_column(BigInteger)
    returned: Mapped[str] = mapped_column(String(200), default="")
