"""Tables of posts: appointments and delegations."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.access import Post
from xuequ.core.tables import (
    Base,
    TenantRow,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
)
from xuequ.registry.states.posts import AppointmentEnd


class Appointment(TenantRow, Base):
    """Who holds a post at a place, by date 任职; an acting holder 主持工作 sits in the same seat.

    `place` is the path of codes at which the post is held. `seat` names the seat of a post that one
    person holds at a time, and is empty for posts that several may hold.
    """

    __tablename__ = "xq_registry_appointment"
    __table_args__ = tenant_table(
        "xq_registry_appointment",
        tenant_key("xq_registry_appointment", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_appointment", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_appointment", "staff_id", "xq_registry_staff"),
        tenant_index("xq_registry_appointment", "staff_id", "since"),
        tenant_index("xq_registry_appointment", "district_id"),
        tenant_index("xq_registry_appointment", "seat", "since"),
        one_of("xq_registry_appointment", "post", Post),
        one_of("xq_registry_appointment", "ended", AppointmentEnd),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    post: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(150))
    seat: Mapped[str | None] = mapped_column(String(200))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    acting: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    authority: Mapped[str] = mapped_column(String(200), default="")
    ended: Mapped[str | None] = mapped_column(String(40))


class Delegation(TenantRow, Base):
    """The powers of a post lent to somebody for some days 授权; they end with the appointment.

    `place` is the appointment's own or one below it.
    """

    __tablename__ = "xq_registry_delegation"
    __table_args__ = tenant_table(
        "xq_registry_delegation",
        tenant_key("xq_registry_delegation", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_delegation", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_delegation", "appointment_id", "xq_registry_appointment"),
        tenant_key("xq_registry_delegation", "staff_id", "xq_registry_staff"),
        tenant_index("xq_registry_delegation", "staff_id", "since"),
        tenant_index("xq_registry_delegation", "appointment_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    appointment_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[str] = mapped_column(String(150))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200))


forbid_overlap(Appointment.__table__, "seat")
forbid_overlap(Appointment.__table__, "staff_id", "post", "place")
forbid_overlap(Delegation.__table__, "appointment_id", "staff_id")
