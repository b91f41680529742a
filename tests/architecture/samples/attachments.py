"""Samples of attachments."""

from __future__ import annotations

import io
import tempfile
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import HERE, maker
from xuequ.core.settings import Settings
from xuequ.core.source import Source
from xuequ.core.storage import FolderStorage
from xuequ.district import District
from xuequ.registry.schemas.attachments import Attaching
from xuequ.testing.factories import SETTINGS

SOURCE = Source("test.record", 1)
ATTACHING = Attaching(source=SOURCE, name="a.txt", school="s1")


def attachment_id(door: Any) -> int:
    """Return an attachment of school s1."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(clock=SETTINGS.clock, storage=FolderStorage(folder))
        making = District(door.context.session, HERE, actor=maker(door).context.actor, settings=settings)
        return making.registry.attachments.attach(ATTACHING, io.BytesIO(b"x")).id


SAMPLES: dict[str, Sample] = {
    "registry.attachments.attach": lambda door: (ATTACHING, io.BytesIO(b"x")),
    "registry.attachments.attachments_of": lambda door: (SOURCE, "s1"),
    "registry.attachments.open": lambda door: (attachment_id(door),),
    "registry.attachments.remove": lambda door: (attachment_id(door),),
}
