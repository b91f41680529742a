"""Errors of attachments."""

from __future__ import annotations

from xuequ.core.errors import Invalid, NotFound


class AttachmentUnknown(NotFound):
    """No such attachment in this scope, or it was taken down."""

    code = "registry.attachment_unknown"
    attachment: str


class FileNameUnfit(Invalid):
    """A name that no file should bear: it hides something, or a system cannot hold it."""

    code = "registry.file_name_unfit"
    name: str
    reason: str


class FileKindUnknown(Invalid):
    """A kind of file that is not kept."""

    code = "registry.file_kind_unknown"
    name: str
    known: str


class FileUnlikeItsName(Invalid):
    """The content is not of the kind that the name says."""

    code = "registry.file_unlike_its_name"
    name: str
    kind: str
