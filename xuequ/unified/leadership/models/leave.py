"""Tables of leave: the leave, what was asked for and decided, and its half-days.

A half-day that is asked for is a row of its own, and one person has one open row of it at most: that is the
wall against two leaves at once. Half-days are stored as `HalfDay.index`.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, String, Text
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
from xuequ.unified.leadership.states.leave import AskState, Ground, LeaveKind, LeaveState, Release


class Leave(TenantRow, Base):
    """A leave 请假 of one person, from its first to its last half-day, both inside.

    `begins_on` is the day of the first half-day; `reach` is how far it is asked for, beyond `last` while an
    extension waits. Up to `settled` its half-days have passed and are told. `back_at` is the half-day on
    which somebody was back.
    """

    __tablename__ = "xq_leadership_leave"
    __table_args__ = tenant_table(
        "xq_leadership_leave",
        tenant_key("xq_leadership_leave", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_leave", "staff_id", "xq_registry_staff"),
        tenant_index("xq_leadership_leave", "staff_id", "first"),
        tenant_index("xq_leadership_leave", "district_id", "state", "settled"),
        one_of("xq_leadership_leave", "kind", LeaveKind),
        one_of("xq_leadership_leave", "state", LeaveState),
        CheckConstraint("last >= first AND reach >= last", name="span"),
        CheckConstraint("settled >= first AND settled <= last + 1", name="settled"),
        CheckConstraint("(state = 'returned') = (back_at IS NOT NULL) OR state = 'cancelled'", name="back"),
        CheckConstraint("(state = 'cancelled') = (void_reason <> '')", name="void"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    begins_on: Mapped[date] = mapped_column(Date)
    first: Mapped[int]
    last: Mapped[int]
    reach: Mapped[int]
    settled: Mapped[int]
    state: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(200))
    evidence: Mapped[str] = mapped_column(String(200))
    late_reason: Mapped[str] = mapped_column(String(200))
    back_at: Mapped[int | None]
    void_reason: Mapped[str] = mapped_column(String(200))


class LeaveAsk(TenantRow, Base):
    """What was asked for, and what became of it: number 1 is the leave itself, later ones extend it 续假.

    A head's approval owes the report to the principal until `reported_at`.
    """

    __tablename__ = "xq_leadership_leave_ask"
    __table_args__ = tenant_table(
        "xq_leadership_leave_ask",
        tenant_key("xq_leadership_leave_ask", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_leave_ask", "leave_id", "xq_leadership_leave"),
        tenant_key("xq_leadership_leave_ask", "approver_id", "xq_registry_staff"),
        tenant_unique("xq_leadership_leave_ask", "leave_id", "number"),
        tenant_index("xq_leadership_leave_ask", "district_id", "ground"),
        one_of("xq_leadership_leave_ask", "state", AskState),
        one_of("xq_leadership_leave_ask", "ground", Ground),
        CheckConstraint(
            "(state IN ('approved', 'rejected')) = (ground IS NOT NULL) "
            "AND (ground IS NULL) = (decided_at IS NULL)",
            name="decided",
        ),
        CheckConstraint("ground <> 'bureau' OR document <> ''", name="document"),
        CheckConstraint("ground = 'bureau' OR ground IS NULL OR approver_id IS NOT NULL", name="approver"),
        CheckConstraint("reported_at IS NULL OR ground = 'head'", name="reported"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    leave_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    last: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(Text)
    ground: Mapped[str | None] = mapped_column(String(40))
    approver_id: Mapped[int | None] = mapped_column(BigInteger)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(String(200))
    remark: Mapped[str] = mapped_column(String(200))
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reported_by: Mapped[str] = mapped_column(Text)


class LeaveSlot(TenantRow, Base):
    """One half-day that a leave counts; `released` says why it counts no longer."""

    __tablename__ = "xq_leadership_leave_slot"
    __table_args__ = tenant_table(
        "xq_leadership_leave_slot",
        tenant_key("xq_leadership_leave_slot", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_leave_slot", "leave_id", "xq_leadership_leave"),
        tenant_key("xq_leadership_leave_slot", "staff_id", "xq_registry_staff"),
        unique_without("uq_xq_leadership_leave_slot_open", "released", "staff_id", "half_day"),
        tenant_index("xq_leadership_leave_slot", "leave_id"),
        tenant_index("xq_leadership_leave_slot", "district_id", "half_day"),
        one_of("xq_leadership_leave_slot", "released", Release),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    leave_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    half_day: Mapped[int]
    day: Mapped[date] = mapped_column(Date)
    released: Mapped[str | None] = mapped_column(String(40))
