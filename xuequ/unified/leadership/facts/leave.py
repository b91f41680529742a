"""What happened with leave. Half-days are said by `HalfDay.index`, schools in the same order as them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRequested(Fact):
    """Somebody asks for leave, from a half-day to a half-day, both inside; `late` says after it began."""

    name: ClassVar[str] = "leadership.leave_requested"

    leave_id: int
    staff_id: int
    kind: str
    first: int
    last: int
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveExtensionRequested(Fact):
    """Somebody asks for a leave to go on to a later half-day 续假."""

    name: ClassVar[str] = "leadership.leave_extension_requested"

    leave_id: int
    staff_id: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveExtended(Fact):
    """An extension is approved: the leave ends later. `LeaveApproved` follows, with every half-day."""

    name: ClassVar[str] = "leadership.leave_extended"

    leave_id: int
    staff_id: int
    last: int
    approver_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRejected(Fact):
    """A leave is not approved, or its extension is not; then what was approved before stands."""

    name: ClassVar[str] = "leadership.leave_rejected"

    leave_id: int
    staff_id: int
    approver_id: int | None
    extension: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveWithdrawn(Fact):
    """Whoever asked does so no longer. Of an approved leave `LeaveCancelled` follows."""

    name: ClassVar[str] = "leadership.leave_withdrawn"

    leave_id: int
    staff_id: int
    extension: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveReported(Fact):
    """The principal was told of a leave that a school's head had approved."""

    name: ClassVar[str] = "leadership.leave_reported"

    leave_id: int
    approver_id: int | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveReturned(Fact):
    """Somebody came back when the leave was over 销假; `overdue` are the half-days missed after its end."""

    name: ClassVar[str] = "leadership.leave_returned"

    leave_id: int
    staff_id: int
    back_at: int
    overdue: int
