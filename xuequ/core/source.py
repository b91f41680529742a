"""Where a record came from: a value that any part may keep, since no foreign key leaves a part."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KIND = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
KIND_LENGTH = 80


@dataclass(frozen=True, order=True, slots=True)
class Source:
    """A record of some part 来源: its kind, ``part.thing``, and its id.

    Args:
        kind: ``"inspection.problem"``; small letters, digits and ``_`` on both sides of the point.
        id: the record's id, unique per use, so that a replay can be told from something new.

    >>> str(Source("inspection.problem", 7))
    'inspection.problem:7'
    """

    kind: str
    id: int

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind) or len(self.kind) > KIND_LENGTH:
            raise ValueError(f"a source's kind is like part.thing, not {self.kind!r}")
        if type(self.id) is not int or not 0 < self.id < 2**63:
            raise ValueError(f"a source's id is a row's id, not {self.id!r}")

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"
