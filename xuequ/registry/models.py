"""Tables of the registry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.ids import new_id
from xuequ.core.tables import (
    REFERENCE,
    Base,
    ExactDecimal,
    TenantRow,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states import Measure, Quantity, SchoolKind, Sex, Stage, Title, Wording


class County(Base):
    """A county authority 县教育局: the tenant.

    A reference table, since its code is looked up before the tenant is known.
    """

    __tablename__ = "xq_registry_county"
    __table_args__ = (UniqueConstraint("code", name="uq_xq_registry_county_code"), {"info": REFERENCE})

    county_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, default=new_id)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))


class District(TenantRow, Base):
    """A school district 学区: several village schools under one legal person."""

    __tablename__ = "xq_registry_district"
    __table_args__ = tenant_table("xq_registry_district", tenant_unique("xq_registry_district", "code"))

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))


class School(TenantRow, Base):
    """A school 学校 of a district."""

    __tablename__ = "xq_registry_school"
    __table_args__ = tenant_table(
        "xq_registry_school",
        tenant_key("xq_registry_school", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_school", "district_id", "code"),
        one_of("xq_registry_school", "kind", SchoolKind),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))


class SchoolClass(TenantRow, Base):
    """A class 教学班 as a cohort: its entry year stays, its grade is derived."""

    __tablename__ = "xq_registry_class"
    __table_args__ = tenant_table(
        "xq_registry_class",
        tenant_key("xq_registry_class", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_class", "school_id", "xq_registry_school"),
        tenant_unique("xq_registry_class", "school_id", "stage", "entry_year", "number"),
        one_of("xq_registry_class", "stage", Stage),
        CheckConstraint("number >= 1", name="number"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    stage: Mapped[str] = mapped_column(String(40))
    entry_year: Mapped[int]
    number: Mapped[int]


class Person(TenantRow, Base):
    """One person 人员, whatever roles they hold over time."""

    __tablename__ = "xq_registry_person"
    __table_args__ = tenant_table("xq_registry_person", one_of("xq_registry_person", "sex", Sex))

    name: Mapped[str] = mapped_column(String(100))
    sex: Mapped[str] = mapped_column(String(1))
    birth_date: Mapped[date | None] = mapped_column(Date)


class Staff(TenantRow, Base):
    """A member of staff 教职工."""

    __tablename__ = "xq_registry_staff"
    __table_args__ = tenant_table(
        "xq_registry_staff",
        tenant_key("xq_registry_staff", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_staff", "person_id", "xq_registry_person"),
        tenant_unique("xq_registry_staff", "staff_no"),
        tenant_index("xq_registry_staff", "district_id"),
        tenant_index("xq_registry_staff", "person_id"),
        one_of("xq_registry_staff", "title", Title),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger)
    staff_no: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(40))


class Placement(TenantRow, Base):
    """At which school a member of staff works, by date 实际工作学校; spans of one person never overlap."""

    __tablename__ = "xq_registry_placement"
    __table_args__ = tenant_table(
        "xq_registry_placement",
        tenant_key("xq_registry_placement", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_placement", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_placement", "staff_id", "xq_registry_staff"),
        tenant_index("xq_registry_placement", "staff_id", "since"),
        tenant_index("xq_registry_placement", "school_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


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

    district_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger)
    pupil_no: Mapped[str] = mapped_column(String(40))


class Enrolment(TenantRow, Base):
    """In which class a pupil is, by date 在读; spans of one pupil never overlap."""

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
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    class_id: Mapped[int] = mapped_column(BigInteger)
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class Figure(TenantRow, Base):
    """A measured figure of a school as of a day 学校统计数."""

    __tablename__ = "xq_registry_figure"
    __table_args__ = tenant_table(
        "xq_registry_figure",
        tenant_key("xq_registry_figure", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_figure", "school_id", "xq_registry_school"),
        tenant_unique("xq_registry_figure", "school_id", "measure", "as_of"),
        one_of("xq_registry_figure", "measure", Measure),
        CheckConstraint("value >= 0", name="value"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    measure: Mapped[str] = mapped_column(String(40))
    as_of: Mapped[date] = mapped_column(Date)
    value: Mapped[Decimal] = mapped_column(ExactDecimal(2))


class Statement(TenantRow, Base):
    """A figure as the district has published it 公布数据, kept as printed."""

    __tablename__ = "xq_registry_statement"
    __table_args__ = tenant_table(
        "xq_registry_statement",
        tenant_key("xq_registry_statement", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_statement", "district_id", "label"),
        one_of("xq_registry_statement", "numerator", Quantity),
        one_of("xq_registry_statement", "denominator", Quantity),
        one_of("xq_registry_statement", "wording", Wording),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    printed: Mapped[str] = mapped_column(String(40))
    numerator: Mapped[str] = mapped_column(String(40))
    denominator: Mapped[str | None] = mapped_column(String(40))
    wording: Mapped[str] = mapped_column(String(40))
    part_of: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))


forbid_overlap(Placement.__table__, "staff_id")
forbid_overlap(Enrolment.__table__, "pupil_id")
