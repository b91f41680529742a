"""Tables of classes."""

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
from xuequ.registry.states.classes import GroupKind, Stage


class SchoolClass(TenantRow, Base):
    """A class 教学班 as a cohort: its entry year stays, its grade is derived.

    `formed_on` is the first day of a class that was formed later than its cohort began; without it the
    class is as old as its cohort. A class that was dissolved, or has left its stage, has the first day
    without it, and the class that took its pupils if one did.
    """

    __tablename__ = "xq_registry_class"
    __table_args__ = tenant_table(
        "xq_registry_class",
        tenant_key("xq_registry_class", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_class", "school_id", "xq_registry_school"),
        tenant_unique("xq_registry_class", "school_id", "stage", "entry_year", "number"),
        tenant_key("xq_registry_class", "successor_id", "xq_registry_class"),
        one_of("xq_registry_class", "stage", Stage),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("dissolved_on > formed_on", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    stage: Mapped[str] = mapped_column(String(40))
    entry_year: Mapped[int]
    number: Mapped[int]
    formed_on: Mapped[date | None] = mapped_column(Date)
    dissolved_on: Mapped[date | None] = mapped_column(Date)
    successor_id: Mapped[int | None] = mapped_column(BigInteger)


class HeadTeacher(TenantRow, Base):
    """Who is head teacher 班主任 of a class, by date; spans of one class never overlap."""

    __tablename__ = "xq_registry_head_teacher"
    __table_args__ = tenant_table(
        "xq_registry_head_teacher",
        tenant_key("xq_registry_head_teacher", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_head_teacher", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_head_teacher", "class_id", "xq_registry_class"),
        tenant_key("xq_registry_head_teacher", "staff_id", "xq_registry_staff"),
        tenant_index("xq_registry_head_teacher", "class_id", "since"),
        tenant_index("xq_registry_head_teacher", "staff_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    class_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(HeadTeacher.__table__, "class_id")


class ClassGroup(TenantRow, Base):
    """Classes that are taught together: combined 合班 of one grade, or multi-grade 复式."""

    __tablename__ = "xq_registry_class_group"
    __table_args__ = tenant_table(
        "xq_registry_class_group",
        tenant_key("xq_registry_class_group", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_class_group", "school_id", "xq_registry_school"),
        tenant_index("xq_registry_class_group", "school_id"),
        one_of("xq_registry_class_group", "kind", GroupKind),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class ClassGroupMember(TenantRow, Base):
    """Which class is in which group, by date; a class is in at most one group on a day."""

    __tablename__ = "xq_registry_class_group_member"
    __table_args__ = tenant_table(
        "xq_registry_class_group_member",
        tenant_key("xq_registry_class_group_member", "group_id", "xq_registry_class_group"),
        tenant_key("xq_registry_class_group_member", "class_id", "xq_registry_class"),
        tenant_index("xq_registry_class_group_member", "group_id"),
        tenant_index("xq_registry_class_group_member", "class_id", "since"),
        CheckConstraint("until > since", name="span"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger)
    class_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(ClassGroupMember.__table__, "class_id")
