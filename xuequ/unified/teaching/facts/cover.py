"""What happened with cover. Half-days are said by `HalfDay.index`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverOpened(Fact):
    """Lessons have lost their teacher to a leave, or their substitute, and wait for one."""

    name: ClassVar[str] = "teaching.cover_opened"

    leave_id: int
    staff_id: int
    need_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverReleased(Fact):
    """Lessons need no cover any more: the leave is shorter or void, or somebody else teaches them."""

    name: ClassVar[str] = "teaching.cover_released"

    leave_id: int
    staff_id: int
    need_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAssigned(Fact):
    """A lesson got its substitute."""

    name: ClassVar[str] = "teaching.cover_assigned"

    assignment_id: int
    need_id: int
    staff_id: int
    half_day: int
    combined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverEnded(Fact):
    """Substitutes do not cover lessons after all; the `given_ids` among them had counted as given."""

    name: ClassVar[str] = "teaching.cover_ended"

    assignment_ids: tuple[int, ...]
    given_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverGiven(Fact):
    """Half-days have passed on which substitutes stood in; staff and half-days in the same order."""

    name: ClassVar[str] = "teaching.cover_given"

    assignment_ids: tuple[int, ...]
    staff_ids: tuple[int, ...]
    half_days: tuple[int, ...]
