"""Tables of the duty roster."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Date, String
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
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.models.ledgers import Voidable
from xuequ.unified.leadership.states.duties import DutyRole


class DutyTurn(TenantRow, Voidable, Base):
    """Who is on duty 值班 at which school in one half-day; nobody is so twice at a time."""

    __tablename__ = "xq_leadership_duty"
    __table_args__ = tenant_table(
        "xq_leadership_duty",
        tenant_key("xq_leadership_duty", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_duty", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_duty", "staff_id", "xq_registry_staff"),
        tenant_index("xq_leadership_duty", "district_id", "day"),
        tenant_index("xq_leadership_duty", "school_id", "day"),
        unique_without("uq_xq_leadership_duty_standing", "voided_at", "staff_id", "day", "half"),
        one_of("xq_leadership_duty", "half", DayHalf),
        one_of("xq_leadership_duty", "role", DutyRole),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    half: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(40))
