"""What happened to teaching."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingAssigned(Fact):
    """Subjects of classes of a school got their teachers from a day."""

    name: ClassVar[str] = "registry.teaching_assigned"
    school_id: int
    teaching_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingHandedOver(Fact):
    """A subject of a class went over from one teacher to another on a day."""

    name: ClassVar[str] = "registry.teaching_handed_over"
    school_id: int
    class_id: int
    from_teaching_id: int
    to_teaching_id: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingEnded(Fact):
    """Teachers ceased to teach subjects of classes; `on` is the first day without."""

    name: ClassVar[str] = "registry.teaching_ended"
    teaching_ids: tuple[int, ...]
    on: date
    reason: str
