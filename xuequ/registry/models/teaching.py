"""Tables of teaching: who teaches what to which class."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
)
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.standards.codes.schooling import Subject


class Teaching(TenantRow, Base):
    """Who is responsible for a subject of a class, by date 任课; one at a time.

    `half_periods` is the weekly load in half lessons 半课时, so that a lesson every other week is whole.
    """

    __tablename__ = "xq_registry_teaching"
    __table_args__ = tenant_table(
        "xq_registry_teaching",
        tenant_key("xq_registry_teaching", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_teaching", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_teaching", "class_id", "xq_registry_class"),
        tenant_key("xq_registry_teaching", "staff_id", "xq_registry_staff"),
        tenant_index("xq_registry_teaching", "staff_id", "since"),
        tenant_index("xq_registry_teaching", "class_id", "subject"),
        tenant_index("xq_registry_teaching", "school_id"),
        one_of("xq_registry_teaching", "subject", Subject),
        one_of("xq_registry_teaching", "origin", TeachingOrigin),
        one_of("xq_registry_teaching", "ended", TeachingChange),
        CheckConstraint("half_periods >= 1", name="half_periods"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    class_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    subject: Mapped[str] = mapped_column(String(40))
    half_periods: Mapped[int]
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    itinerant: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    origin: Mapped[str] = mapped_column(String(40))
    exception: Mapped[str] = mapped_column(String(200), default="")
    ended: Mapped[str | None] = mapped_column(String(40))


forbid_overlap(Teaching.__table__, "class_id", "subject")
