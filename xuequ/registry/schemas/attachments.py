"""Commands and views of attachments."""

from __future__ import annotations

from datetime import datetime

from xuequ.core.fields import Code, Command, Id, SourceField, View


class Attaching(Command):
    """Attach a file to a record.

    `name` is the file's as the browser sends it; folders in front are cut off. `school` is the code of the
    school that the record belongs to, None when it is the district's own.
    """

    source: SourceField
    name: str
    school: Code | None = None


class AttachmentView(View):
    """An attachment, without its content."""

    id: Id
    source: SourceField
    name: str
    media_type: str
    size: int
    sha256: str
    school: str | None
    stored_at: datetime
    stored_by: str
