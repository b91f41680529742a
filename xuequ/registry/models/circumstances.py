"""Tables of pupils' circumstances by date: traits, guardians, residence."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, Index, LargeBinary, String, and_, column
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
)
from xuequ.core.vault import SealedColumn
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.standards.codes.people import Relation

_OPEN_PRIMARY = and_(column("is_primary"), column("until").is_(None))


class PupilTrait(TenantRow, Base):
    """What is true of a pupil for a time 学生情况; spans of one kind never overlap.

    `note` holds ciphertext only.
    """

    __tablename__ = "xq_registry_pupil_trait"
    __table_args__ = tenant_table(
        "xq_registry_pupil_trait",
        tenant_key("xq_registry_pupil_trait", "pupil_id", "xq_registry_pupil"),
        tenant_index("xq_registry_pupil_trait", "pupil_id", "kind"),
        one_of("xq_registry_pupil_trait", "kind", TraitKind),
        one_of("xq_registry_pupil_trait", "detail", TraitDetail),
        CheckConstraint("until > since", name="span"),
    )

    pupil_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str | None] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)


forbid_overlap(PupilTrait.__table__, "pupil_id", "kind")


class Guardian(TenantRow, Base):
    """Who is a pupil's guardian 监护人, by date; at most one open one is the primary contact."""

    __tablename__ = "xq_registry_guardian"
    __table_args__ = tenant_table(
        "xq_registry_guardian",
        tenant_key("xq_registry_guardian", "pupil_id", "xq_registry_pupil"),
        tenant_key("xq_registry_guardian", "person_id", "xq_registry_person"),
        tenant_index("xq_registry_guardian", "pupil_id"),
        tenant_index("xq_registry_guardian", "person_id"),
        Index(
            "uq_xq_registry_guardian_primary",
            "county_id",
            "pupil_id",
            unique=True,
            sqlite_where=_OPEN_PRIMARY,
            postgresql_where=_OPEN_PRIMARY,
        ),
        one_of("xq_registry_guardian", "relation", Relation),
        CheckConstraint("until > since", name="span"),
    )

    pupil_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger)
    relation: Mapped[str] = mapped_column(String(40))
    is_primary: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(Guardian.__table__, "pupil_id", "person_id")


class Residence(TenantRow, Base):
    """Where a pupil is registered and where they live 户籍地、居住地, by date; one of a kind on a day.

    `area` is the code of the division, down to the village where it is known. `address` holds ciphertext
    only.
    """

    __tablename__ = "xq_registry_residence"
    __table_args__ = tenant_table(
        "xq_registry_residence",
        tenant_key("xq_registry_residence", "pupil_id", "xq_registry_pupil"),
        tenant_index("xq_registry_residence", "pupil_id", "kind"),
        tenant_index("xq_registry_residence", "area"),
        one_of("xq_registry_residence", "kind", ResidenceKind),
        CheckConstraint("until > since", name="span"),
    )

    pupil_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    area: Mapped[str] = mapped_column(String(12))
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(Residence.__table__, "pupil_id", "kind")

TRAIT_NOTE = SealedColumn("xq_registry_pupil_trait", "note", "学生情况说明")
ADDRESS = SealedColumn("xq_registry_residence", "address", "居住地址")
