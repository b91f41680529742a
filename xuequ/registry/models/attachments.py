"""Tables of attachments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.source import KIND_LENGTH
from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    tenant_index,
    tenant_key,
    tenant_table,
    unique_without,
)


class Attachment(TenantRow, Base):
    """A file of a record 附件; the content is in the host's storage under its hash, and only there."""

    __tablename__ = "xq_registry_attachment"
    __table_args__ = tenant_table(
        "xq_registry_attachment",
        tenant_key("xq_registry_attachment", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_attachment", "school_id", "xq_registry_school"),
        tenant_index("xq_registry_attachment", "source_kind", "source_id"),
        tenant_index("xq_registry_attachment", "sha256"),
        unique_without(
            "uq_xq_registry_attachment_standing",
            "removed_at",
            *("source_kind", "source_id", "sha256", "name"),
        ),
        CheckConstraint("size > 0", name="size"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    source_kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    source_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_by: Mapped[str] = mapped_column(Text)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
