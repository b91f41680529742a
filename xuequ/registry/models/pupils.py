"""Tables of pupils."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import Entered, Left, PupilState, Reason


class Pupil(TenantRow, Base):
    """A pupil 学生."""

    __tablename__ = "xq_registry_pupil"
    __table_args__ = tenant_table(
        "xq_registry_pupil",
        tenant_key("xq_registry_pupil", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_pupil", "person_id", "xq_registry_person"),
        tenant_unique("xq_registry_pupil", "pupil_no"),
        tenant_index("xq_registry_pupil", "district_id"),
        tenant_index("xq_registry_pupil", "person_id"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger)
    pupil_no: Mapped[str] = mapped_column(String(40))


class Enrolment(TenantRow, Base):
    """In which class a pupil is, by date 在读; spans of one pupil never overlap.

    `entered_as` and `left_as` say how it began and ended, so that a school's gains and losses can be counted.
    """

    __tablename__ = "xq_registry_enrolment"
    __table_args__ = tenant_table(
        "xq_registry_enrolment",
        tenant_key("xq_registry_enrolment", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_enrolment", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_enrolment", "class_id", "xq_registry_class"),
        tenant_key("xq_registry_enrolment", "pupil_id", "xq_registry_pupil"),
        tenant_index("xq_registry_enrolment", "pupil_id", "since"),
        tenant_index("xq_registry_enrolment", "class_id"),
        tenant_index("xq_registry_enrolment", "school_id"),
        one_of("xq_registry_enrolment", "entered_as", Entered),
        one_of("xq_registry_enrolment", "left_as", Left),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    class_id: Mapped[int] = mapped_column(BigInteger)
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    entered_as: Mapped[str | None] = mapped_column(String(40))
    left_as: Mapped[str | None] = mapped_column(String(40))


forbid_overlap(Enrolment.__table__, "pupil_id")


class PupilStatus(TenantRow, Base):
    """Where a pupil stands, by date 学籍状态; spans of one pupil never overlap.

    `district_id` and `school_id` are of the school that keeps the record, or that was applied to;
    `stage` and `entry_year` say what an applicant applied for, `planned_until` when a suspension is to
    end and `extended_on` when that was put off (once), `absent_since` the first day of an unexcused
    absence, and `authority` on which document or evidence the status stands.
    """

    __tablename__ = "xq_registry_pupil_status"
    __table_args__ = tenant_table(
        "xq_registry_pupil_status",
        tenant_key("xq_registry_pupil_status", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_pupil_status", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_pupil_status", "pupil_id", "xq_registry_pupil"),
        tenant_index("xq_registry_pupil_status", "pupil_id", "since"),
        tenant_index("xq_registry_pupil_status", "school_id", "status"),
        one_of("xq_registry_pupil_status", "status", PupilState),
        one_of("xq_registry_pupil_status", "reason", Reason),
        one_of("xq_registry_pupil_status", "stage", Stage),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(40))
    authority: Mapped[str] = mapped_column(String(200), default="")
    planned_until: Mapped[date | None] = mapped_column(Date)
    extended_on: Mapped[date | None] = mapped_column(Date)
    absent_since: Mapped[date | None] = mapped_column(Date)
    stage: Mapped[str | None] = mapped_column(String(40))
    entry_year: Mapped[int | None]


forbid_overlap(PupilStatus.__table__, "pupil_id")
