"""What happened to meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.unified.party.states.meetings import MeetingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsPlanned(Fact):
    """Meetings were planned."""

    name: ClassVar[str] = "party.meetings_planned"
    meeting_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld(Fact):
    """A meeting was held: how many should have attended, and how many did."""

    name: ClassVar[str] = "party.meeting_held"
    meeting_id: int
    kind: MeetingKind
    held_on: date
    due: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCancelled(Fact):
    """A planned meeting was called off."""

    name: ClassVar[str] = "party.meeting_cancelled"
    meeting_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingVoided(Fact):
    """The record of a meeting was voided."""

    name: ClassVar[str] = "party.meeting_voided"
    meeting_id: int
    kind: MeetingKind
    held_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOfMeetingGranted(Fact):
    """Members were excused from a meeting before it."""

    name: ClassVar[str] = "party.leave_of_meeting_granted"
    meeting_id: int
    member_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceMarked(Fact):
    """Marks of attendance were set right after the meeting: what they are, and what they were."""

    name: ClassVar[str] = "party.attendance_marked"
    meeting_id: int
    member_ids: tuple[int, ...]
    marks: tuple[str, ...]
    were: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFiled(Fact):
    """The minutes of a meeting were filed, or filed anew: the digest now, and the one before."""

    name: ClassVar[str] = "party.minutes_filed"
    meeting_id: int
    sha256: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionsRecorded(Fact):
    """What a meeting resolved was recorded."""

    name: ClassVar[str] = "party.resolutions_recorded"
    meeting_id: int
    resolution_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedReasonRecorded(Fact):
    """It was recorded why what is usually held was not."""

    name: ClassVar[str] = "party.missed_reason_recorded"
    reason_id: int
    kind: MeetingKind
    since: date
