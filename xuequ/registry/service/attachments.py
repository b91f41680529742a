"""Use cases of attachments."""

from __future__ import annotations

from typing import BinaryIO

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.ids import new_id
from xuequ.core.source import Source
from xuequ.core.storage import NoStorage, Peeked, Readable, Storage, Stored
from xuequ.registry.actions.attachments import ATTACH_FILE, REMOVE_ATTACHMENT, VIEW_ATTACHMENTS
from xuequ.registry.errors.attachments import AttachmentUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.facts.attachments import AttachmentRemoved, FileAttached
from xuequ.registry.repository.attachments import AttachmentRows
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.attachments import (
    HEAD,
    FileKind,
    file_name,
    kind_of,
    unfit_name,
    unlike_its_name,
)
from xuequ.registry.schemas.attachments import Attaching, AttachmentView


class AttachmentService(Service):
    """Files of records 附件: scanned vouchers, minutes, photos."""

    @property
    def _rows(self) -> AttachmentRows:
        return AttachmentRows(self.context.session, self.context.scope, self.context.place)

    @property
    def _storage(self) -> Storage:
        if self.context.settings.storage is None:
            raise NoStorage()
        return self.context.settings.storage

    @reading(ATTACH_FILE, at=At.SCHOOL)  # the writing is in `_attach`, when the content is safe
    def attach(self, command: Attaching, stream: Readable) -> AttachmentView:
        """Attach a file to a record; the same file with the same name again is the same attachment.

        The stream is taken in before anything is locked, since an upload may be slow. When the host rolls
        back, the content stays in the storage without a row, and does no harm.

        Raises:
            NoStorage: when the host has handed over none.
            FileNameUnfit, FileKindUnknown, FileUnlikeItsName, FileTooLarge: for what the file is.
            SchoolUnknown, DistrictNeeded: for where it belongs.
        """
        self.context.permit(ATTACH_FILE, school=command.school or "")
        school_id = self._school_id(command.school)
        storage, name = self._storage, file_name(command.name)
        refuse_if(unfit_name(name))
        kind = kind_of(name)
        assert kind is not None, "a name without a kind is refused above"
        peeked = Peeked(stream, HEAD)
        refuse_if(unlike_its_name(name, kind, peeked.head))
        stored = storage.put(peeked, self.context.settings.largest_file)
        return self._attach(command, school_id, name, kind, stored)

    @reading(VIEW_ATTACHMENTS, at=At.SCHOOL)
    def attachments_of(self, source: Source, school: str | None = None) -> list[AttachmentView]:
        """List the files of a record that belongs to a school, or to the district itself.

        Args:
            school: the school's code; None for a record of the district's own.
        """
        self.context.permit(VIEW_ATTACHMENTS, school=school or "")
        return [_view(row) for row in self._rows.of_source(source, self._school_id(school))]

    @reading(VIEW_ATTACHMENTS, at=At.SCHOOL)
    def open(self, attachment_id: int) -> BinaryIO:
        """Return the content, proved to be what was attached; the caller closes it.

        Raises:
            AttachmentUnknown: when there is none of that id, or it was taken down.
            ContentMissing, ContentDiffers: when the storage has lost or changed it.
        """
        row = self._rows.attachment(attachment_id)
        if row is None:
            raise AttachmentUnknown(attachment=str(attachment_id))
        self.context.permit(VIEW_ATTACHMENTS, school=row.school or "")
        return self._storage.open(row.sha256)

    @use_case(REMOVE_ATTACHMENT, at=At.SCHOOL)
    def remove(self, attachment_id: int) -> None:
        """Take an attachment down; row and content are kept, since vouchers must be.

        Raises:
            AttachmentUnknown: when there is none of that id, or it was taken down.
        """
        row = self._rows.attachment(attachment_id, for_update=True)
        if row is None:
            raise AttachmentUnknown(attachment=str(attachment_id))
        self.context.permit(REMOVE_ATTACHMENT, school=row.school or "")
        self._rows.remove(attachment_id, self.context.now)
        source = Source(row.source_kind, row.source_id)
        fact = AttachmentRemoved(attachment_id=attachment_id, school_id=row.school_id, source=source)
        self.context.announce(fact)

    @use_case(ATTACH_FILE, at=At.SCHOOL)
    def _attach(
        self, command: Attaching, school_id: int | None, name: str, kind: FileKind, stored: Stored
    ) -> AttachmentView:
        self.context.permit(ATTACH_FILE, school=command.school or "")
        source, rows, attachment_id = command.source, self._rows, new_id()
        values = {
            "county_id": self.context.scope.county_id,
            "id": attachment_id,
            "district_id": rows.district_id,
            "school_id": school_id,
            "source_kind": source.kind,
            "source_id": source.id,
            "name": name,
            "media_type": kind.media_type,
            "size": stored.size,
            "sha256": stored.sha256,
            "stored_at": self.context.now,
            "stored_by": str(self.context.actor),
            "removed_at": None,
        }
        if rows.add(values):
            fact = FileAttached(
                attachment_id=attachment_id, school_id=school_id, source=source, sha256=stored.sha256
            )
            self.context.announce(fact)
        else:
            attachment_id = rows.same_file(source, stored.sha256, name)
        row = rows.attachment(attachment_id)
        if row is None:
            raise AttachmentUnknown(attachment=str(attachment_id))
        return _view(row)

    def _school_id(self, school: str | None) -> int | None:
        if school is None:
            return None
        school_id = self._rows.school_id(school)
        if school_id is None:
            raise SchoolUnknown(school=school)
        return school_id


def _view(row: AnyRow) -> AttachmentView:
    return AttachmentView(
        id=row.id,
        source=Source(row.source_kind, row.source_id),
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        school=row.school,
        stored_at=row.stored_at,
        stored_by=row.stored_by,
    )
