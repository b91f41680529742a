"""Tables of people: who they are, and which rows were merged because they were one person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.pinyin import LONGEST, spell
from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    unique_without,
)
from xuequ.core.vault import SealedColumn
from xuequ.registry.states.people import Sex
from xuequ.standards.codes.people import DocumentKind

PERSON = "xq_registry_person"
BY_CITIZEN_NUMBER = frozenset({DocumentKind.IDENTITY_CARD, DocumentKind.RESIDENCE_PERMIT})
"""Kinds that bear a number by GB 11643, which is one person's under whichever of them it stands."""


def sealed_document(kind: DocumentKind, number: str) -> str:
    """Write a document as it is sealed, so that its kind cannot be changed under it."""
    return f"{kind.code}:{number}"


def document_of(text: str) -> tuple[DocumentKind, str]:
    """Read a document as it was sealed."""
    kind, _, number = text.partition(":")
    return DocumentKind(kind), number


def _indexed_document(text: str) -> str:
    kind, number = document_of(text)
    return number if kind in BY_CITIZEN_NUMBER else text


DOCUMENT = SealedColumn(PERSON, "document_number", "身份证件号码", "document_index", _indexed_document)
PHONE = SealedColumn(PERSON, "phone", "联系电话", "phone_index")
SEALED = (DOCUMENT, PHONE)
"""The sealed columns of persons, for key rotation too."""

_NOTHING_LEFT = " AND ".join(
    f"{column} IS NULL"
    for column in (
        *("birth_date", "initials", "document_kind", "document_number", "document_index"),
        *("phone", "phone_index"),
    )
)


def _spelled(context: Any) -> str | None:
    """Spell the name of a row that is being inserted; a bulk load says it itself."""
    return spell(context.get_current_parameters()["name"])


class Person(TenantRow, Base):
    """One person 人员, whatever roles they hold over time.

    A person belongs to the county. `recorded_in` is the district that recorded them, and says who sees
    them only as long as they have no role. Of a duplicate `merged_into_id` says who they are; of
    somebody who was forgotten only sex and year of birth are left. `document_number` and `phone` hold
    ciphertext only.
    """

    __tablename__ = PERSON
    __table_args__ = tenant_table(
        PERSON,
        tenant_key(PERSON, "recorded_in", "xq_registry_district"),
        tenant_key(PERSON, "merged_into_id", PERSON),
        tenant_index(PERSON, "merged_into_id"),
        tenant_index(PERSON, "phone_index"),
        tenant_index(PERSON, "document_index"),
        tenant_index(PERSON, "name", "birth_date"),
        unique_without(f"uq_{PERSON}_document", "merged_into_id", "document_index"),
        one_of(PERSON, "sex", Sex),
        one_of(PERSON, "document_kind", DocumentKind),
        CheckConstraint("merged_into_id <> id", name="merged"),
        CheckConstraint("(document_kind IS NULL) = (document_number IS NULL)", name="document"),
        CheckConstraint("document_index IS NULL OR document_number IS NOT NULL", name="indexed"),
        CheckConstraint("(phone IS NULL) = (phone_index IS NULL)", name="phone"),
        CheckConstraint(f"forgotten_on IS NULL OR ({_NOTHING_LEFT})", name="forgotten"),
    )

    name: Mapped[str] = mapped_column(String(100))
    sex: Mapped[str] = mapped_column(String(1))
    birth_date: Mapped[date | None] = mapped_column(Date)
    initials: Mapped[str | None] = mapped_column(String(LONGEST), default=_spelled)
    document_kind: Mapped[str | None] = mapped_column(String(40))
    document_number: Mapped[bytes | None] = mapped_column(LargeBinary)
    document_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_in: Mapped[int | None] = mapped_column(BigInteger)
    merged_into_id: Mapped[int | None] = mapped_column(BigInteger)
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    forgotten_on: Mapped[date | None] = mapped_column(Date)


class PersonMerge(TenantRow, Base):
    """That two rows were found to be one person 合并, and what an undoing has to give back.

    `filled` names the fields that the kept person lacked and took over, of `sex` also what stood there.
    """

    __tablename__ = "xq_registry_person_merge"
    __table_args__ = tenant_table(
        "xq_registry_person_merge",
        tenant_key("xq_registry_person_merge", "kept_id", PERSON),
        tenant_key("xq_registry_person_merge", "merged_id", PERSON),
        tenant_index("xq_registry_person_merge", "kept_id"),
        unique_without("uq_xq_registry_person_merge_standing", "undone_at", "merged_id"),
    )

    kept_id: Mapped[int] = mapped_column(BigInteger)
    merged_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(200))
    filled: Mapped[str] = mapped_column(String(200))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PersonMergeRow(TenantRow, Base):
    """One row that a merge pointed to the kept person."""

    __tablename__ = "xq_registry_person_merge_row"
    __table_args__ = tenant_table(
        "xq_registry_person_merge_row",
        tenant_key("xq_registry_person_merge_row", "merge_id", "xq_registry_person_merge"),
        tenant_index("xq_registry_person_merge_row", "merge_id"),
    )

    merge_id: Mapped[int] = mapped_column(BigInteger)
    table_name: Mapped[str] = mapped_column(String(63))
    row_id: Mapped[int] = mapped_column(BigInteger)
