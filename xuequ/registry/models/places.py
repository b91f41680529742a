"""Tables of places: county, townships, villages, districts, schools."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    Index,
    String,
    UniqueConstraint,
    and_,
    column,
)
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.ids import new_id
from xuequ.core.tables import (
    REFERENCE,
    Base,
    TenantRow,
    UtcDateTime,
    append_only,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.registry.states.places import GovernanceMode, SchoolKind, VillageMeasure


class County(Base):
    """A county authority 县教育局: the tenant.

    A reference table, since its code is looked up before the tenant is known.
    """

    __tablename__ = "xq_registry_county"
    __table_args__ = (UniqueConstraint("code", name="uq_xq_registry_county_code"), {"info": REFERENCE})

    county_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, default=new_id)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))


class Township(TenantRow, Base):
    """A township government 乡镇党委政府: a district's second superior, beside the education bureau."""

    __tablename__ = "xq_registry_township"
    __table_args__ = tenant_table("xq_registry_township", tenant_unique("xq_registry_township", "code"))

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))


class District(TenantRow, Base):
    """A school district 学区: several village schools under one legal person.

    `opened_on` is empty where nobody recorded the day; `dissolved_on` is the first day without it.
    """

    __tablename__ = "xq_registry_district"
    __table_args__ = tenant_table(
        "xq_registry_district",
        tenant_key("xq_registry_district", "township_id", "xq_registry_township"),
        tenant_unique("xq_registry_district", "code"),
        CheckConstraint("dissolved_on > opened_on", name="span"),
    )

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    township_id: Mapped[int | None] = mapped_column(BigInteger)
    opened_on: Mapped[date | None] = mapped_column(Date)
    dissolved_on: Mapped[date | None] = mapped_column(Date)


class Governance(TenantRow, Base):
    """Who leads a district, by date 领导体制; unknown before the first row."""

    __tablename__ = "xq_registry_governance"
    __table_args__ = tenant_table(
        "xq_registry_governance",
        tenant_key("xq_registry_governance", "district_id", "xq_registry_district"),
        tenant_index("xq_registry_governance", "district_id", "since"),
        one_of("xq_registry_governance", "mode", GovernanceMode),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    mode: Mapped[str] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    authority: Mapped[str] = mapped_column(String(200))


forbid_overlap(Governance.__table__, "district_id")


class Village(TenantRow, Base):
    """A village 村委会 of a township; the district is the one that serves it."""

    __tablename__ = "xq_registry_village"
    __table_args__ = tenant_table(
        "xq_registry_village",
        tenant_key("xq_registry_village", "township_id", "xq_registry_township"),
        tenant_key("xq_registry_village", "district_id", "xq_registry_district"),
        tenant_index("xq_registry_village", "district_id"),
        tenant_unique("xq_registry_village", "code"),
    )

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    township_id: Mapped[int] = mapped_column(BigInteger)
    district_id: Mapped[int | None] = mapped_column(BigInteger)


class VillageCount(TenantRow, Base):
    """A figure of a village as of a day, with its source 村情数据; a correction is a later edition."""

    __tablename__ = "xq_registry_village_count"
    __table_args__ = tenant_table(
        "xq_registry_village_count",
        tenant_key("xq_registry_village_count", "village_id", "xq_registry_village"),
        tenant_unique("xq_registry_village_count", "village_id", "measure", "as_of", "edition"),
        one_of("xq_registry_village_count", "measure", VillageMeasure),
        CheckConstraint("value >= 0", name="value"),
    )

    village_id: Mapped[int] = mapped_column(BigInteger)
    measure: Mapped[str] = mapped_column(String(40))
    as_of: Mapped[date] = mapped_column(Date)
    edition: Mapped[int]
    value: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


append_only(VillageCount.__table__)

_OPEN_LEGAL_PERSON = and_(column("legal_person"), column("closed_on").is_(None))


class School(TenantRow, Base):
    """A school 学校 of a district, or of the county outside any district (`district_id` is None).

    `opened_on` is empty where nobody recorded the day; `closed_on` is the first day without it. Inside a
    district only the central school may be a legal person 法人, and only one that is open.
    """

    __tablename__ = "xq_registry_school"
    __table_args__ = tenant_table(
        "xq_registry_school",
        tenant_key("xq_registry_school", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_school", "merged_into_id", "xq_registry_school"),
        tenant_unique("xq_registry_school", "district_id", "code"),
        tenant_unique("xq_registry_school", "identifier"),
        unique_without("uq_xq_registry_school_outside", "district_id", "code"),
        Index(
            "uq_xq_registry_school_legal_person",
            "county_id",
            "district_id",
            unique=True,
            sqlite_where=_OPEN_LEGAL_PERSON,
            postgresql_where=_OPEN_LEGAL_PERSON,
        ),
        one_of("xq_registry_school", "kind", SchoolKind),
        CheckConstraint("district_id IS NULL OR NOT legal_person OR kind = 'central'", name="legal_person"),
        CheckConstraint("closed_on > opened_on", name="span"),
        CheckConstraint("merged_into_id IS NULL OR closed_on IS NOT NULL", name="merged"),
        CheckConstraint("length(identifier) = 10", name="identifier"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))
    legal_person: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    preschool_attached: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    identifier: Mapped[str | None] = mapped_column(String(10))
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    merged_into_id: Mapped[int | None] = mapped_column(BigInteger)
    closing_authority: Mapped[str] = mapped_column(String(200), default="")


class SchoolVillage(TenantRow, Base):
    """Which villages a school serves, by date 服务村."""

    __tablename__ = "xq_registry_school_village"
    __table_args__ = tenant_table(
        "xq_registry_school_village",
        tenant_key("xq_registry_school_village", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_school_village", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_school_village", "village_id", "xq_registry_village"),
        tenant_index("xq_registry_school_village", "school_id", "since"),
        tenant_index("xq_registry_school_village", "village_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    village_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(SchoolVillage.__table__, "school_id", "village_id")
