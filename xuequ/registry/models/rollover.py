"""Tables of the roll-over of school years."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, String, Text, and_, column
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import Base, TenantRow, UtcDateTime, one_of, tenant_index, tenant_key, tenant_table
from xuequ.registry.states.rollover import Act, Onward, Record

_STANDS = column("undone_at").is_(None)
_STANDS_AT_THE_COUNTY = and_(column("undone_at").is_(None), column("district_id").is_(None))


class Rollover(TenantRow, Base):
    """One roll-over 学年滚动 into a school year, of a district or of a county's schools outside districts.

    At most one a year stands; those that were undone are kept.
    """

    __tablename__ = "xq_registry_rollover"
    __table_args__ = tenant_table(
        "xq_registry_rollover",
        tenant_key("xq_registry_rollover", "district_id", "xq_registry_district"),
        tenant_index("xq_registry_rollover", "district_id", "year"),
        Index(
            "uq_xq_registry_rollover_standing",
            *("county_id", "district_id", "year"),
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index(
            "uq_xq_registry_rollover_standing_county",
            *("county_id", "year"),
            unique=True,
            sqlite_where=_STANDS_AT_THE_COUNTY,
            postgresql_where=_STANDS_AT_THE_COUNTY,
        ),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    year: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    counts: Mapped[str] = mapped_column(Text)
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    applied_by: Mapped[str] = mapped_column(String(100))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(100))


class RolloverLine(TenantRow, Base):
    """One row that a roll-over wrote or ended, so that it can be undone exactly.

    `row_id` points into the table that `record` names; a row that was written may be gone later.
    `was_until` is what a span that was ended said before, and `onward` where its pupil went.
    """

    __tablename__ = "xq_registry_rollover_line"
    __table_args__ = tenant_table(
        "xq_registry_rollover_line",
        tenant_key("xq_registry_rollover_line", "rollover_id", "xq_registry_rollover"),
        tenant_key("xq_registry_rollover_line", "pupil_id", "xq_registry_pupil"),
        tenant_index("xq_registry_rollover_line", "rollover_id", "record", "act", "row_id"),
        one_of("xq_registry_rollover_line", "record", Record),
        one_of("xq_registry_rollover_line", "act", Act),
        one_of("xq_registry_rollover_line", "onward", Onward),
    )

    rollover_id: Mapped[int] = mapped_column(BigInteger)
    record: Mapped[str] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column(BigInteger)
    pupil_id: Mapped[int | None] = mapped_column(BigInteger)
    onward: Mapped[str | None] = mapped_column(String(40))
    was_until: Mapped[date | None] = mapped_column(Date)
