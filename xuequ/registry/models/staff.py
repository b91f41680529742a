"""Tables of staff: who they are, by whom they are employed, where they work, what they hold."""

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
from xuequ.registry.states.staff import Entry, Exit, PlacementKind, StandingKind
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind


class Staff(TenantRow, Base):
    """A member of staff 教职工; the district is the employing school's, none for the bureau's own."""

    __tablename__ = "xq_registry_staff"
    __table_args__ = tenant_table(
        "xq_registry_staff",
        tenant_key("xq_registry_staff", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_staff", "person_id", "xq_registry_person"),
        tenant_unique("xq_registry_staff", "staff_no"),
        tenant_index("xq_registry_staff", "district_id"),
        tenant_index("xq_registry_staff", "person_id"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger)
    staff_no: Mapped[str] = mapped_column(String(40))


class Employment(TenantRow, Base):
    """By which school somebody is employed, by date 编制所在学校; none of one person's overlap.

    Without a school it is the county bureau itself that employs.
    """

    __tablename__ = "xq_registry_employment"
    __table_args__ = tenant_table(
        "xq_registry_employment",
        tenant_key("xq_registry_employment", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_employment", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_employment", "staff_id", "xq_registry_staff"),
        tenant_index("xq_registry_employment", "staff_id", "since"),
        tenant_index("xq_registry_employment", "school_id"),
        one_of("xq_registry_employment", "entry", Entry),
        one_of("xq_registry_employment", "exit", Exit),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    entry: Mapped[str] = mapped_column(String(40))
    exit: Mapped[str | None] = mapped_column(String(40))
    authority: Mapped[str] = mapped_column(String(200), default="")
    exit_authority: Mapped[str] = mapped_column(String(200), default="")


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
        one_of("xq_registry_placement", "kind", PlacementKind),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(40), default=PlacementKind.OWN.value)
    authority: Mapped[str] = mapped_column(String(200), default="")


def _of_its_list() -> str:
    """Write the CHECK that a standing's code is of the list of its kind."""
    ways: list[str] = []
    for kind in StandingKind:
        codes = ", ".join(f"'{member.value}'" for member in kind.codes)
        ways.append(f"(kind = '{kind.value}' AND code IN ({codes}))")
    return " OR ".join(ways)


class Standing(TenantRow, Base):
    """What somebody holds from a day: 职称, 学历, 学位, 骨干, 编制, 岗位类别; one of a kind at a time.

    It belongs to the person in service and goes with them, so it carries neither district nor school.
    """

    __tablename__ = "xq_registry_standing"
    __table_args__ = tenant_table(
        "xq_registry_standing",
        tenant_key("xq_registry_standing", "staff_id", "xq_registry_staff"),
        tenant_index("xq_registry_standing", "staff_id", "kind", "since"),
        CheckConstraint(_of_its_list(), name="code"),
        CheckConstraint("until > since", name="span"),
    )

    staff_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    authority: Mapped[str] = mapped_column(String(200), default="")


class Certificate(TenantRow, Base):
    """A teacher's certificate 教师资格证书; no subject means that it is for all of its stage."""

    __tablename__ = "xq_registry_certificate"
    __table_args__ = tenant_table(
        "xq_registry_certificate",
        tenant_key("xq_registry_certificate", "staff_id", "xq_registry_staff"),
        tenant_unique("xq_registry_certificate", "number"),
        tenant_index("xq_registry_certificate", "staff_id"),
        one_of("xq_registry_certificate", "kind", CertificateKind),
        one_of("xq_registry_certificate", "subject", Subject),
    )

    staff_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(40))
    issued: Mapped[date] = mapped_column(Date)


class CertificateTerm(TenantRow, Base):
    """For how long a certificate is registered 定期注册; each re-registration is a row of its own."""

    __tablename__ = "xq_registry_certificate_term"
    __table_args__ = tenant_table(
        "xq_registry_certificate_term",
        tenant_key("xq_registry_certificate_term", "certificate_id", "xq_registry_certificate"),
        tenant_index("xq_registry_certificate_term", "certificate_id", "since"),
        CheckConstraint("until > since", name="span"),
    )

    certificate_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    authority: Mapped[str] = mapped_column(String(200), default="")


forbid_overlap(Employment.__table__, "staff_id")
forbid_overlap(Placement.__table__, "staff_id")
forbid_overlap(Standing.__table__, "staff_id", "kind")
forbid_overlap(CertificateTerm.__table__, "certificate_id")
