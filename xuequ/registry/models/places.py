"""Tables of places: county, districts, schools, premises."""

from __future__ import annotations

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.ids import new_id
from xuequ.core.tables import (
    REFERENCE,
    Base,
    TenantRow,
    one_of,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states.places import SchoolKind


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
    """A school 学校 of a district, or of the county outside any."""

    __tablename__ = "xq_registry_school"
    __table_args__ = tenant_table(
        "xq_registry_school",
        tenant_key("xq_registry_school", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_school", "district_id", "code"),
        one_of("xq_registry_school", "kind", SchoolKind),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))
