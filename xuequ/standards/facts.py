"""What happened to rule parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRecorded(Fact):
    """A county or a district has set a value of its own, or corrected one, which then has a reason."""

    name: ClassVar[str] = "standards.recorded"
    value_id: int
    key: str
    place: str
    value: str
    since: date
    until: date | None
    authority: str
    reason: str
