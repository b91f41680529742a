"""Tables of attendance: a roll 点名 of a class, or of a school's staff, for a half-day.

Only the exceptions of a roll are rows, since most people are there. Rolls are append-only: a correction
is the next edition, with all its exceptions, and the highest edition holds. A half-day without a roll is
not known; it is never counted as present.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.source import KIND_LENGTH
from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    append_only,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states.attendance import PupilAttendance, StaffAttendance


class _Called:
    """What every roll says: which half-day, how many were due and present, who called it, and when."""

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    half: Mapped[int]
    edition: Mapped[int]
    due: Mapped[int]
    present: Mapped[int]
    called_at: Mapped[datetime] = mapped_column(UtcDateTime)
    called_by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(200))


def _called() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("half IN (0, 1)", name="half"),
        CheckConstraint("due > 0 AND present BETWEEN 0 AND due", name="present"),
        CheckConstraint("(edition = 1 AND reason = '') OR (edition > 1 AND reason <> '')", name="edition"),
    )


class Roll(_Called, TenantRow, Base):
    """One edition of the roll of a class for a half-day 班级点名."""

    __tablename__ = "xq_registry_roll"
    __table_args__ = tenant_table(
        "xq_registry_roll",
        tenant_key("xq_registry_roll", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_roll", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_roll", "class_id", "xq_registry_class"),
        tenant_unique("xq_registry_roll", "class_id", "day", "half", "edition"),
        tenant_index("xq_registry_roll", "school_id", "day"),
        *_called(),
    )

    class_id: Mapped[int] = mapped_column(BigInteger)


class RollMark(TenantRow, Base):
    """A pupil who was not simply present, on one edition of a roll."""

    __tablename__ = "xq_registry_roll_mark"
    __table_args__ = tenant_table(
        "xq_registry_roll_mark",
        tenant_key("xq_registry_roll_mark", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_roll_mark", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_roll_mark", "roll_id", "xq_registry_roll"),
        tenant_key("xq_registry_roll_mark", "pupil_id", "xq_registry_pupil"),
        tenant_unique("xq_registry_roll_mark", "roll_id", "pupil_id"),
        tenant_index("xq_registry_roll_mark", "pupil_id"),
        one_of("xq_registry_roll_mark", "kind", PupilAttendance),
        CheckConstraint("kind <> 'present'", name="exception"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    roll_id: Mapped[int] = mapped_column(BigInteger)
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))


class StaffRoll(_Called, TenantRow, Base):
    """One edition of the roll of those who work at a school for a half-day 教职工签到."""

    __tablename__ = "xq_registry_staff_roll"
    __table_args__ = tenant_table(
        "xq_registry_staff_roll",
        tenant_key("xq_registry_staff_roll", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_staff_roll", "school_id", "xq_registry_school"),
        tenant_unique("xq_registry_staff_roll", "school_id", "day", "half", "edition"),
        *_called(),
    )


class StaffRollMark(TenantRow, Base):
    """A member of staff who was not simply present, and which record of another part says why."""

    __tablename__ = "xq_registry_staff_roll_mark"
    __table_args__ = tenant_table(
        "xq_registry_staff_roll_mark",
        tenant_key("xq_registry_staff_roll_mark", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_staff_roll_mark", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_staff_roll_mark", "roll_id", "xq_registry_staff_roll"),
        tenant_key("xq_registry_staff_roll_mark", "staff_id", "xq_registry_staff"),
        tenant_unique("xq_registry_staff_roll_mark", "roll_id", "staff_id"),
        tenant_index("xq_registry_staff_roll_mark", "staff_id"),
        one_of("xq_registry_staff_roll_mark", "kind", StaffAttendance),
        CheckConstraint("kind <> 'present'", name="exception"),
        CheckConstraint("(source_kind IS NULL) = (source_id IS NULL)", name="source"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    roll_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    source_kind: Mapped[str | None] = mapped_column(String(KIND_LENGTH))
    source_id: Mapped[int | None] = mapped_column(BigInteger)


for _table in (Roll, RollMark, StaffRoll, StaffRollMark):
    append_only(_table.__table__)
