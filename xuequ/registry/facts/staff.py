"""What happened to staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPlaced(Fact):
    """Staff began to work at a school on a day."""

    name: ClassVar[str] = "registry.staff_placed"
    school_id: int
    staff_ids: tuple[int, ...]
    since: date
