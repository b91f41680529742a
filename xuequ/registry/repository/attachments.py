"""Questions for attachments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select, update

from xuequ.core.bulk import insert_new
from xuequ.core.source import Source
from xuequ.registry.models.attachments import Attachment
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, same

_TABLE = cast("Table", Attachment.__table__)


class AttachmentRows(Rows):
    """Attachments of one scope."""

    def school_id(self, code: str) -> int | None:
        """Return the id of a school of the district."""
        query = select(School.id).where(
            School.county_id == self.scope.county_id,
            School.district_id == self.district_id,
            School.code == code,
        )
        return self.session.scalar(query)

    def _standing(self) -> AnySelect:
        query = select(_TABLE, School.code.label("school")).outerjoin(
            School, same(School, Attachment.school_id, Attachment)
        )
        return self.here(query, Attachment).where(Attachment.removed_at.is_(None))

    def attachment(self, attachment_id: int, *, for_update: bool = False) -> AnyRow | None:
        """Return one attachment that was not taken down, with its school's code."""
        query = self._standing().where(Attachment.id == attachment_id)
        if for_update:
            query = query.with_for_update(of=Attachment)
        return self.session.execute(query).one_or_none()

    def of_source(self, source: Source, school_id: int | None) -> Sequence[AnyRow]:
        """Return the attachments of a record of one school, or of the district's own, as they came."""
        query = self._standing().where(
            Attachment.source_kind == source.kind,
            Attachment.source_id == source.id,
            Attachment.school_id.is_(None) if school_id is None else Attachment.school_id == school_id,
        )
        return self.session.execute(query.order_by(Attachment.id)).all()

    def add(self, values: dict[str, Any]) -> bool:
        """Insert an attachment unless the record has the same file already; tell whether it did."""
        return bool(insert_new(self.session, _TABLE, [values]))

    def same_file(self, source: Source, sha256: str, name: str) -> int:
        """Return the id of a record's attachment by content and name."""
        query = select(Attachment.id).where(
            Attachment.county_id == self.scope.county_id,
            Attachment.source_kind == source.kind,
            Attachment.source_id == source.id,
            Attachment.sha256 == sha256,
            Attachment.name == name,
            Attachment.removed_at.is_(None),
        )
        return self.session.execute(query).scalar_one()

    def remove(self, attachment_id: int, at: datetime) -> None:
        """Mark an attachment as taken down."""
        here = (Attachment.county_id == self.scope.county_id, Attachment.id == attachment_id)
        self.session.execute(update(Attachment).where(*here).values(removed_at=at))

    def contents(self) -> Iterator[AnyRow]:
        """Return every content that is referred to, with one of its attachments, for checking."""
        query = self.here(select(Attachment.id, Attachment.name, Attachment.sha256), Attachment)
        seen: set[str] = set()
        for row in self.session.execute(query.order_by(Attachment.id)):
            if row.sha256 not in seen:
                seen.add(row.sha256)
                yield row
