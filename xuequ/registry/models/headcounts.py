"""Tables of headcounts that are drawn up for a count date, confirmed and frozen 统计时点.

All of them are append-only: what was counted stays as it was, and a correction is a new edition.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    append_only,
    one_of,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import StaffCategory, Title
from xuequ.standards.codes.staff import Establishment


class Headcount(TenantRow, Base):
    """One edition of a headcount 人数统计; it is a draft until a row of `HeadcountFreeze` freezes it."""

    __tablename__ = "xq_registry_headcount"
    __table_args__ = tenant_table(
        "xq_registry_headcount",
        tenant_key("xq_registry_headcount", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_headcount", "district_id", "count_date", "purpose", "edition"),
        one_of("xq_registry_headcount", "purpose", CountPurpose),
        CheckConstraint("edition = 1 OR (edition > 1 AND reason <> '')", name="edition"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    count_date: Mapped[date] = mapped_column(Date)
    purpose: Mapped[str] = mapped_column(String(40))
    edition: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drafted_by: Mapped[str] = mapped_column(Text)


class HeadcountPupils(TenantRow, Base):
    """Pupils of one class and sex as a headcount found them; grade and name are those of the count date."""

    __tablename__ = "xq_registry_headcount_pupils"
    __table_args__ = tenant_table(
        "xq_registry_headcount_pupils",
        tenant_key("xq_registry_headcount_pupils", "headcount_id", "xq_registry_headcount"),
        tenant_key("xq_registry_headcount_pupils", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_headcount_pupils", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_headcount_pupils", "class_id", "xq_registry_class"),
        tenant_unique("xq_registry_headcount_pupils", "headcount_id", "class_id", "sex"),
        one_of("xq_registry_headcount_pupils", "stage", Stage),
        one_of("xq_registry_headcount_pupils", "sex", Sex),
        CheckConstraint("on_roll > 0 AND in_school BETWEEN 0 AND on_roll", name="heads"),
        CheckConstraint(
            "boarders BETWEEN 0 AND in_school AND left_behind BETWEEN 0 AND in_school"
            " AND migrant BETWEEN 0 AND in_school AND special_needs BETWEEN 0 AND in_school",
            name="among",
        ),
    )

    headcount_id: Mapped[int] = mapped_column(BigInteger)
    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    class_id: Mapped[int] = mapped_column(BigInteger)
    class_name: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(40))
    grade: Mapped[int]
    sex: Mapped[str] = mapped_column(String(1))
    on_roll: Mapped[int]
    in_school: Mapped[int]
    boarders: Mapped[int]
    left_behind: Mapped[int]
    migrant: Mapped[int]
    special_needs: Mapped[int]


class HeadcountStaff(TenantRow, Base):
    """Staff of one school by what they hold, as a headcount found them; empty is what nobody recorded."""

    __tablename__ = "xq_registry_headcount_staff"
    __table_args__ = tenant_table(
        "xq_registry_headcount_staff",
        tenant_key("xq_registry_headcount_staff", "headcount_id", "xq_registry_headcount"),
        tenant_key("xq_registry_headcount_staff", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_headcount_staff", "school_id", "xq_registry_school"),
        tenant_unique("xq_registry_headcount_staff", "headcount_id", "line_no"),
        one_of("xq_registry_headcount_staff", "title", Title),
        one_of("xq_registry_headcount_staff", "category", StaffCategory),
        one_of("xq_registry_headcount_staff", "establishment", Establishment),
        CheckConstraint("heads > 0", name="heads"),
    )

    headcount_id: Mapped[int] = mapped_column(BigInteger)
    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    line_no: Mapped[int]
    title: Mapped[str | None] = mapped_column(String(40))
    category: Mapped[str | None] = mapped_column(String(40))
    establishment: Mapped[str | None] = mapped_column(String(40))
    heads: Mapped[int]


class HeadcountConfirmation(TenantRow, Base):
    """That the head of a school has confirmed its lines of one edition 学校确认."""

    __tablename__ = "xq_registry_headcount_confirmation"
    __table_args__ = tenant_table(
        "xq_registry_headcount_confirmation",
        tenant_key("xq_registry_headcount_confirmation", "headcount_id", "xq_registry_headcount"),
        tenant_key("xq_registry_headcount_confirmation", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_headcount_confirmation", "school_id", "xq_registry_school"),
        tenant_unique("xq_registry_headcount_confirmation", "headcount_id", "school_id"),
    )

    headcount_id: Mapped[int] = mapped_column(BigInteger)
    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str] = mapped_column(Text)


class HeadcountFreeze(TenantRow, Base):
    """That an edition was frozen 冻结: by whom, its sums, and the hash over its lines.

    `unconfirmed` holds the codes of the schools that had not confirmed, with commas between them, and
    `reason` why it was frozen without them.
    """

    __tablename__ = "xq_registry_headcount_freeze"
    __table_args__ = tenant_table(
        "xq_registry_headcount_freeze",
        tenant_key("xq_registry_headcount_freeze", "headcount_id", "xq_registry_headcount"),
        tenant_key("xq_registry_headcount_freeze", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_headcount_freeze", "headcount_id"),
        CheckConstraint("(unconfirmed = '') = (reason = '')", name="reason"),
    )

    headcount_id: Mapped[int] = mapped_column(BigInteger)
    district_id: Mapped[int] = mapped_column(BigInteger)
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    frozen_by: Mapped[str] = mapped_column(Text)
    unconfirmed: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(200))
    on_roll: Mapped[int]
    in_school: Mapped[int]
    boarders: Mapped[int]
    left_behind: Mapped[int]
    migrant: Mapped[int]
    special_needs: Mapped[int]
    staff: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


for _table in (Headcount, HeadcountPupils, HeadcountStaff, HeadcountConfirmation, HeadcountFreeze):
    append_only(_table.__table__)
