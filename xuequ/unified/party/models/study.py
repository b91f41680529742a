"""Tables of study: programmes, sessions with each member's hours, lessons on the party's statutes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    ExactDecimal,
    TenantRow,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)


class StudyProgramme(TenantRow, Base):
    """A programme of study 学习教育: 两学一做 and others, over some days."""

    __tablename__ = "xq_party_programme"
    __table_args__ = tenant_table(
        "xq_party_programme",
        tenant_key("xq_party_programme", "district_id", "xq_registry_district"),
        tenant_unique("xq_party_programme", "district_id", "name"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class StudySession(TenantRow, Base):
    """One session of study on a day; recorded in error, it is voided with a reason."""

    __tablename__ = "xq_party_study_session"
    __table_args__ = tenant_table(
        "xq_party_study_session",
        tenant_key("xq_party_study_session", "district_id", "xq_registry_district"),
        tenant_key("xq_party_study_session", "programme_id", "xq_party_programme"),
        tenant_key("xq_party_study_session", "meeting_id", "xq_party_meeting"),
        tenant_index("xq_party_study_session", "programme_id"),
        tenant_index("xq_party_study_session", "district_id", "studied_on"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    programme_id: Mapped[int] = mapped_column(BigInteger)
    meeting_id: Mapped[int | None] = mapped_column(BigInteger)
    studied_on: Mapped[date] = mapped_column(Date)
    topic: Mapped[str] = mapped_column(String(200))
    voided_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")


class StudyHours(TenantRow, Base):
    """The hours 学时 of one member in a session."""

    __tablename__ = "xq_party_study_hours"
    __table_args__ = tenant_table(
        "xq_party_study_hours",
        tenant_key("xq_party_study_hours", "session_id", "xq_party_study_session"),
        tenant_key("xq_party_study_hours", "member_id", "xq_party_member"),
        tenant_unique("xq_party_study_hours", "session_id", "member_id"),
        tenant_index("xq_party_study_hours", "member_id"),
        CheckConstraint("hours > 0", name="hours"),
    )

    session_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    hours: Mapped[Decimal] = mapped_column(ExactDecimal(1))


class StatuteLesson(TenantRow, Base):
    """A lesson on the party's statutes for a class 《党章》进课堂: planned, given, or called off."""

    __tablename__ = "xq_party_lesson"
    __table_args__ = tenant_table(
        "xq_party_lesson",
        tenant_key("xq_party_lesson", "district_id", "xq_registry_district"),
        tenant_key("xq_party_lesson", "school_id", "xq_registry_school"),
        tenant_key("xq_party_lesson", "class_id", "xq_registry_class"),
        tenant_key("xq_party_lesson", "staff_id", "xq_registry_staff"),
        tenant_index("xq_party_lesson", "district_id", "planned_on"),
        tenant_index("xq_party_lesson", "class_id"),
        CheckConstraint("(given_on IS NULL) = (proof = '')", name="proof"),
        CheckConstraint("given_on IS NULL OR called_off_on IS NULL", name="once"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    class_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    topic: Mapped[str] = mapped_column(String(200))
    planned_on: Mapped[date] = mapped_column(Date)
    given_on: Mapped[date | None] = mapped_column(Date)
    proof: Mapped[str] = mapped_column(String(200), default="")
    called_off_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")
