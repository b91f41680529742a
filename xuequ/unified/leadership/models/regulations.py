"""Tables of regulations: what there is, its versions, and who passed them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, Integer, String
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
from xuequ.unified.leadership.states.regulations import Body, RegulationKind, VersionState


class Regulation(TenantRow, Base):
    """A regulation 规章制度 of a district, or the rule of a school 实施细则 that carries one out."""

    __tablename__ = "xq_leadership_regulation"
    __table_args__ = tenant_table(
        "xq_leadership_regulation",
        tenant_key("xq_leadership_regulation", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_regulation", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_regulation", "base_id", "xq_leadership_regulation"),
        tenant_unique("xq_leadership_regulation", "district_id", "code"),
        tenant_index("xq_leadership_regulation", "school_id"),
        tenant_index("xq_leadership_regulation", "base_id"),
        one_of("xq_leadership_regulation", "kind", RegulationKind),
        CheckConstraint("(school_id IS NULL) = (base_id IS NULL)", name="implements"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    base_id: Mapped[int | None] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))


class RegulationVersion(TenantRow, Base):
    """A version of a regulation; the text is a file of the registry or on paper, and here is its SHA-256.

    `enforced_id` names the regulation once the version is issued, and is empty before: so the versions that
    are or were in force never overlap.
    """

    __tablename__ = "xq_leadership_regulation_version"
    __table_args__ = tenant_table(
        "xq_leadership_regulation_version",
        tenant_key("xq_leadership_regulation_version", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_regulation_version", "regulation_id", "xq_leadership_regulation"),
        tenant_unique("xq_leadership_regulation_version", "regulation_id", "number"),
        tenant_index("xq_leadership_regulation_version", "district_id"),
        one_of("xq_leadership_regulation_version", "state", VersionState),
        one_of("xq_leadership_regulation_version", "ended", VersionState),
        CheckConstraint("until > since", name="span"),
        CheckConstraint("(state = 'issued') = (since IS NOT NULL)", name="issued"),
        CheckConstraint("(until IS NULL) = (ended IS NULL)", name="ends"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    regulation_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(40))
    text_sha256: Mapped[str] = mapped_column(String(64))
    drafted_on: Mapped[date] = mapped_column(Date)
    issued_on: Mapped[date | None] = mapped_column(Date)
    document_no: Mapped[str] = mapped_column(String(200), default="")
    enforced_id: Mapped[int | None] = mapped_column(BigInteger)
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    ended: Mapped[str | None] = mapped_column(String(40))
    end_authority: Mapped[str] = mapped_column(String(200), default="")


forbid_overlap(RegulationVersion.__table__, "enforced_id")


class Deliberation(TenantRow, Base):
    """That a body passed a text 审议; it counts for that very text only."""

    __tablename__ = "xq_leadership_deliberation"
    __table_args__ = tenant_table(
        "xq_leadership_deliberation",
        tenant_key("xq_leadership_deliberation", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_deliberation", "version_id", "xq_leadership_regulation_version"),
        tenant_unique("xq_leadership_deliberation", "version_id", "body", "text_sha256"),
        one_of("xq_leadership_deliberation", "body", Body),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    version_id: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[str] = mapped_column(String(40))
    held_on: Mapped[date] = mapped_column(Date)
    minutes_no: Mapped[str] = mapped_column(String(200))
    text_sha256: Mapped[str] = mapped_column(String(64))
