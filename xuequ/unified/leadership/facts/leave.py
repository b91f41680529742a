"""What happened with leave. Half-days are said by `HalfDay.index`, schools in the same order as them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveApproved(Fact):
    """A leave, or its extension, is approved: who is away on which working half-days, and from which school.

    They are all half-days of the leave as it stands now, those approved before among them.
    """

    name: ClassVar[str] = "leadership.leave_approved"

    leave_id: int
    staff_id: int
    kind: str
    half_days: tuple[int, ...]
    school_ids: tuple[int | None, ...]
    approver_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveShortened(Fact):
    """Somebody came back early 提前销假: from this half-day on it is no longer leave."""

    name: ClassVar[str] = "leadership.leave_shortened"

    leave_id: int
    staff_id: int
    back_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveCancelled(Fact):
    """An approved leave is void; everything that it brought about is undone."""

    name: ClassVar[str] = "leadership.leave_cancelled"

    leave_id: int
    staff_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTaken(Fact):
    """Half-days of leave have passed: the only ones that stand in the record of attendance."""

    name: ClassVar[str] = "leadership.leave_taken"

    leave_id: int
    staff_id: int
    kind: str
    half_days: tuple[int, ...]
    school_ids: tuple[int | None, ...]
