"""Commands and views of meetings."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Command, Id, Number, Text, View, clean_text
from xuequ.unified.party.states.meetings import (
    Body,
    Completion,
    Mark,
    MeetingKind,
    MeetingState,
)
from xuequ.unified.party.states.members import MemberState

Topic = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


def clean_lines(text: str) -> str:
    """Return text of several lines, each without what no file may hold."""
    return "\n".join(clean_text(line) for line in text.splitlines()).strip()


Lines = Annotated[str, AfterValidator(clean_lines), Field(max_length=10_000)]
SomeLines = Annotated[str, AfterValidator(clean_lines), Field(min_length=1, max_length=10_000)]


class MeetingPlan(Command):
    """Plan a meeting; `number` tells it from all others of the branch.

    `body` is told only where the kind leaves it open: a 组织生活会 of the committee or of a group, a 党课
    of a group. `members` are the two of a talk. `within` is the number of the 主题党日 that contains it.
    """

    number: Number
    kind: MeetingKind
    planned_on: date
    topic: Topic
    body: Body | None = None
    group_id: Id | None = None
    members: tuple[Id, ...] = ()
    place: Text = ""
    within: Number | None = None


class ExcuseGrant(Command):
    """Excuse somebody from a meeting before it is held."""

    member_id: Id
    granted_on: date
    reason: Topic


class MeetingHolding(Command):
    """Record that a meeting was held; whoever is not present and was not excused before was absent.

    `lecturer_id` is who gave a 党课, left out for a guest.
    """

    held_on: date
    agenda: SomeLines
    present: tuple[Id, ...] = ()
    host_id: Id | None = None
    lecturer_id: Id | None = None


class AttendanceMark(Command):
    """Say of one who should have attended a meeting whether they did."""

    meeting_id: Id
    member_id: Id
    mark: Mark
    excused_on: date | None = None
    reason: Text = ""


class Voiding(Command):
    """Why a record is voided, or called off; nothing is erased."""

    reason: Topic


class ResolutionText(Command):
    """What a meeting resolved, in its own words."""

    text: SomeLines


class MinutesFiling(Command):
    """File the minutes: a file that is attached to the meeting, or paper, its digest and where it is kept."""

    attachment_id: Id | None = None
    sha256: Digest | None = None
    kept_at: Text = ""


class MissedReasonRecord(Command):
    """Say why a kind of meeting was not held in the month, quarter or year that holds a day."""

    kind: MeetingKind
    day: date
    reason: Topic
    group_id: Id | None = None


class RollLine(View):
    """One who should attend a meeting, as it was frozen."""

    member_id: Id
    staff_no: str | None
    name: str
    state: MemberState
    mark: Mark
    excused_on: date | None
    reason: str


class ResolutionView(View):
    """What a meeting resolved."""

    id: Id
    number: int
    text: str


class MeetingView(View):
    """A meeting without its roll; `counts` says whether it counts as one, None until it is held.

    `due` are those who should attend, `excused` those of them with leave granted before.
    """

    id: Id
    number: str
    kind: MeetingKind
    body: Body
    group_id: Id | None
    group: str | None
    state: MeetingState
    topic: str
    place: str
    planned_on: date
    held_on: date | None
    host_id: Id | None
    lecturer_id: Id | None
    within_id: Id | None
    agenda: str
    minutes_id: Id | None
    minutes_sha256: str | None
    minutes_at: str
    due: int
    present: int
    excused: int
    counts: bool | None
    reason: str


class MeetingRecord(View):
    """A meeting with its roll and what it resolved."""

    meeting: MeetingView
    roll: tuple[RollLine, ...]
    resolutions: tuple[ResolutionView, ...]


class GridCell(View):
    """How a kind of meeting stands in the period that holds a month."""

    month: int
    state: Completion
    held: tuple[date, ...]
    reason: str
    text: str


class GridLine(View):
    """One kind of meeting over a year; a line for each group."""

    kind: MeetingKind
    label: str
    group: str
    requirement: str
    cells: tuple[GridCell, ...]


class CompletionGrid(View):
    """The 三会一课 grid of a year: kinds of meeting by month, judged by whole months, quarters and years."""

    district: str
    branch: str
    year: int
    as_of: date
    lines: tuple[GridLine, ...]
    untalked: tuple[str, ...]


class AttendanceLine(View):
    """Somebody's attendance over some days; `flagged` is None where the district has set no number."""

    member_id: Id
    staff_no: str | None
    name: str
    due: int
    present: int
    excused: int
    absent: int
    in_a_row: int
    absent_since: date | None
    flagged: bool | None


class AttendanceReport(View):
    """Attendance of every member over some days; `flagged_from` absences in a row are flagged."""

    district: str
    branch: str
    since: date
    until: date
    flagged_from: int | None
    lines: tuple[AttendanceLine, ...]


class IdleLine(View):
    """Months in a row, up to the last whole one, in which somebody came to no meeting."""

    member_id: Id
    staff_no: str | None
    name: str
    months: int
    since: date | None
