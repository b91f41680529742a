"""What happened with attachments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAttached(Fact):
    """A file was attached to a record."""

    name: ClassVar[str] = "registry.file_attached"

    attachment_id: int
    school_id: int | None
    source: Source
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRemoved(Fact):
    """An attachment was taken down; its row and its content stay."""

    name: ClassVar[str] = "registry.attachment_removed"

    attachment_id: int
    school_id: int | None
    source: Source
