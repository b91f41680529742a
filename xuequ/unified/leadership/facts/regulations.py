"""What happened to regulations and their acknowledgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.unified.leadership.states.regulations import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationRegistered(Fact):
    """A regulation 规章制度 has a place in the register; a school's carries out a district's."""

    name: ClassVar[str] = "leadership.regulation_registered"

    regulation_id: int
    school_id: int | None
    base_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDrafted(Fact):
    """A text was drafted, or a draft changed: what was passed of it before counts no longer."""

    name: ClassVar[str] = "leadership.version_drafted"

    version_id: int
    regulation_id: int
    number: int
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDeliberated(Fact):
    """A body passed a text 审议通过."""

    name: ClassVar[str] = "leadership.version_deliberated"

    version_id: int
    regulation_id: int
    body: Body
    held_on: date
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionIssued(Fact):
    """A version was issued 下发; it is in force from a day on, and the one before until that day."""

    name: ClassVar[str] = "leadership.version_issued"

    version_id: int
    regulation_id: int
    issued_on: date
    since: date
    superseded_id: int | None
    school_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationRepealed(Fact):
    """A regulation was repealed 废止: from that day no version of it is in force."""

    name: ClassVar[str] = "leadership.regulation_repealed"

    regulation_id: int
    version_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAcknowledged(Fact):
    """A school signed for a version 签收."""

    name: ClassVar[str] = "leadership.version_acknowledged"

    version_id: int
    school_id: int
    staff_id: int
    on: date
