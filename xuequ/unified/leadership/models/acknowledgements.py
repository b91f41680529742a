"""Tables of acknowledgements: what a school owes for a version, and who of its teachers has read it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)


class Acknowledgement(TenantRow, Base):
    """What a school owes for a version that was issued 签收; whoever heads the school that day owes it.

    Nobody's name stands in it before it is read: so it passes to a successor by itself.
    """

    __tablename__ = "xq_leadership_acknowledgement"
    __table_args__ = tenant_table(
        "xq_leadership_acknowledgement",
        tenant_key("xq_leadership_acknowledgement", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_acknowledgement", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_acknowledgement", "version_id", "xq_leadership_regulation_version"),
        tenant_key("xq_leadership_acknowledgement", "read_by_id", "xq_registry_staff"),
        tenant_key("xq_leadership_acknowledgement", "signed_by_id", "xq_registry_staff"),
        tenant_unique("xq_leadership_acknowledgement", "version_id", "school_id"),
        tenant_index("xq_leadership_acknowledgement", "district_id"),
        tenant_index("xq_leadership_acknowledgement", "school_id"),
        CheckConstraint("(read_at IS NULL) = (read_by_id IS NULL)", name="read"),
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed"),
        CheckConstraint("signed_by_id IS NULL OR signed_by_id = read_by_id", name="signed_by_reader"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    version_id: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date] = mapped_column(Date)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_by_id: Mapped[int | None] = mapped_column(BigInteger)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(BigInteger)


class ReadReceipt(TenantRow, Base):
    """That one member of staff has read a version 阅读回执, and where they worked that day."""

    __tablename__ = "xq_leadership_read_receipt"
    __table_args__ = tenant_table(
        "xq_leadership_read_receipt",
        tenant_key("xq_leadership_read_receipt", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_read_receipt", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_read_receipt", "version_id", "xq_leadership_regulation_version"),
        tenant_key("xq_leadership_read_receipt", "staff_id", "xq_registry_staff"),
        tenant_unique("xq_leadership_read_receipt", "version_id", "staff_id"),
        tenant_index("xq_leadership_read_receipt", "district_id"),
        tenant_index("xq_leadership_read_receipt", "staff_id"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    version_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
