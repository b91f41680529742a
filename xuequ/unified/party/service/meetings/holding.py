"""Use cases of a meeting that was held: its roll, marks, minutes, resolutions."""

from __future__ import annotations

from collections.abc import Sequence

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.attachments import AttachmentService
from xuequ.unified.party.actions.meetings import RECORD_MEETINGS
from xuequ.unified.party.errors.meetings import MinutesNotOfMeeting, SomethingDecided
from xuequ.unified.party.facts.meetings import (
    AttendanceMarked,
    MeetingHeld,
    MinutesFiled,
    ResolutionsRecorded,
)
from xuequ.unified.party.models.meetings import Meeting, Resolution, Roll
from xuequ.unified.party.rules.meetings import (
    Convened,
    Said,
    attendance_problems,
    holding_problems,
    marks_when_held,
    should_attend,
    step_problems,
    within_problems,
)
from xuequ.unified.party.schemas.meetings import (
    AttendanceMark,
    MeetingHolding,
    MeetingView,
    MinutesFiling,
    ResolutionText,
)
from xuequ.unified.party.service.meetings.steps import SOURCE_KIND, MeetingSteps
from xuequ.unified.party.states.meetings import Body, Mark, MeetingKind, MeetingState


class Holding(MeetingSteps):
    """What is recorded of a meeting that was held."""

    @use_case(RECORD_MEETINGS)
    def hold(self, meeting_id: int, command: MeetingHolding) -> MeetingView:
        """Record that a meeting was held; who should attend is frozen as of its day.

        Raises:
            MeetingUnknown, BranchMissing: for which.
            IllegalTransition: when it was held, called off or voided already.
            MeetingAhead, NobodyShouldAttend, NotToAttend, MarkedTwice, HostNotMember, NotWithin: for what is
                said of it.
            Problems: when there is more than one of these.
        """
        meeting, day = self._locked(meeting_id), command.held_on
        refuse_if(step_problems(MeetingState(meeting.state), MeetingState.HELD))
        due = self._freeze(meeting, command)
        self._rows.change(
            Meeting,
            meeting_id,
            state=MeetingState.HELD.code,
            held_on=day,
            agenda=command.agenda,
            host_id=command.host_id,
            lecturer_id=command.lecturer_id,
        )
        fact = MeetingHeld(
            meeting_id=meeting_id,
            kind=MeetingKind(meeting.kind),
            held_on=day,
            due=due,
            present=len(command.present),
        )
        self.context.announce(fact)
        return self._view(meeting_id)

    def _freeze(self, meeting: AnyRow, command: MeetingHolding) -> int:
        """Write the roll of a meeting; return how many should attend it."""
        day, meeting_id = command.held_on, meeting.id
        named = tuple(self._rows.talkers([meeting_id]).get(meeting_id, ()))
        convened = Convened(
            meeting.number,
            MeetingKind(meeting.kind),
            Body(meeting.body),
            meeting.group_id,
            named,
        )
        members = self._belonging(meeting.branch_id, day)
        due = {one.member_id: one for one in should_attend(convened, members)}
        everybody = {one.member_id for one in members}
        speakers = (command.host_id, command.lecturer_id)
        problems = holding_problems(convened, day, self.context.today, due, everybody, speakers)
        problems += attendance_problems(
            meeting.number, day, due, [Said(one, Mark.PRESENT) for one in command.present]
        )
        if meeting.within_id is not None:
            whole = self._meeting(meeting.within_id)
            container = MeetingKind(whole.kind), whole.held_on or whole.planned_on
            problems += within_problems(meeting.number, day, whole.number, *container)
        refuse_if(problems)
        granted = {
            row.member_id: Said(row.member_id, Mark.EXCUSED, row.granted_on, row.reason)
            for row in self._rows.excuses(meeting_id)
            if row.granted_on <= day
        }
        marks = marks_when_held(due, set(command.present), granted)
        columns = ("meeting_id", "member_id", "state", "mark", "marked", "excused_on", "reason")
        taken = bool(command.present)
        listed = [
            (
                *(meeting_id, one.member_id, due[one.member_id].state.code, one.mark.code),
                *(taken or one.mark is Mark.EXCUSED, one.excused_on, one.reason),
            )
            for one in marks
        ]
        self._rows.load(Roll, columns, listed)
        return len(due)

    @use_case(RECORD_MEETINGS)
    def mark_attendance(self, rows: Sequence[AttendanceMark]) -> None:
        """Set right who attended meetings that were held; what a mark was stays in the journal.

        Raises:
            MeetingUnknown, MinutesTooEarly: for which meeting.
            SomethingDecided: when a vote stands on the attendance.
            NotToAttend, MarkedTwice, ExcusedTooLate, ExcuseWithoutReason: for a mark.
            Problems: when there is more than one of these.
        """
        by_meeting: dict[int, list[AttendanceMark]] = {}
        for row in rows:
            by_meeting.setdefault(row.meeting_id, []).append(row)
        meetings = self._lock_all(by_meeting)
        voted = self._rows.voted(by_meeting)
        lines: dict[int, dict[int, AnyRow]] = {one: {} for one in by_meeting}
        for line in self._rows.rolls(by_meeting):
            lines[line.meeting_id][line.member_id] = line
        problems: list[Problem] = []
        for meeting_id, some in by_meeting.items():
            meeting = meetings[meeting_id]
            self._refuse_unless_held(meeting)
            said = [Said(row.member_id, row.mark, row.excused_on, row.reason) for row in some]
            problems += attendance_problems(meeting.number, meeting.held_on, lines[meeting_id], said)
            changed = [row for row in some if _differs(row, lines[meeting_id].get(row.member_id))]
            if meeting_id in voted and changed:
                problems.append(Problem(SomethingDecided(number=meeting.number)))
        refuse_if(problems)
        for meeting_id, some in by_meeting.items():
            self._mark(meeting_id, lines[meeting_id], some)

    def _mark(self, meeting_id: int, lines: dict[int, AnyRow], said: Sequence[AttendanceMark]) -> None:
        changed = [row for row in said if _differs(row, lines[row.member_id])]
        if not changed:
            return
        excused = [row.excused_on if row.mark is Mark.EXCUSED else None for row in changed]
        marks = [
            {
                "at": lines[row.member_id].id,
                "mark": row.mark.code,
                "excused_on": excused_on,
                "reason": row.reason,
            }
            for row, excused_on in zip(changed, excused, strict=True)
        ]
        self._rows.set_marks(marks)
        fact = AttendanceMarked(
            meeting_id=meeting_id,
            member_ids=tuple(row.member_id for row in changed),
            marks=tuple(row.mark.code for row in changed),
            were=tuple(lines[row.member_id].mark for row in changed),
        )
        self.context.announce(fact)

    @use_case(RECORD_MEETINGS)
    def file_minutes(self, meeting_id: int, command: MinutesFiling) -> MeetingView:
        """File the minutes of a meeting 会议记录: a file attached to it, or the digest of paper.

        Raises:
            MeetingUnknown, MinutesTooEarly: for which meeting.
            MinutesNotOfMeeting: when the file is another record's, or neither file nor digest is named.
        """
        meeting = self._locked(meeting_id)
        self._refuse_unless_held(meeting)
        digest = command.sha256
        if command.attachment_id is not None or digest is None:
            files = AttachmentService(self.context).attachments_of(Source(SOURCE_KIND, meeting_id))
            found = [one.sha256 for one in files if one.id == command.attachment_id]
            if not found or digest not in (None, found[0]):
                named = str(command.attachment_id or "")
                raise MinutesNotOfMeeting(number=meeting.number, attachment=named)
            digest = found[0]
        self._rows.change(
            Meeting,
            meeting_id,
            minutes_id=command.attachment_id,
            minutes_sha256=digest,
            minutes_at=command.kept_at,
        )
        before = meeting.minutes_sha256 or ""
        self.context.announce(MinutesFiled(meeting_id=meeting_id, sha256=digest, before=before))
        return self._view(meeting_id)

    @use_case(RECORD_MEETINGS)
    def record_resolutions(self, meeting_id: int, texts: Sequence[ResolutionText]) -> None:
        """Record what a meeting resolved 决议, after what is recorded already.

        Raises:
            MeetingUnknown, MinutesTooEarly: for which meeting.
        """
        meeting = self._locked(meeting_id)
        self._refuse_unless_held(meeting)
        first = len(self._rows.resolutions(meeting_id)) + 1
        ids = [
            self._rows.add(Resolution, meeting_id=meeting_id, number=number, text=one.text)
            for number, one in enumerate(texts, first)
        ]
        self.context.announce(ResolutionsRecorded(meeting_id=meeting_id, resolution_ids=tuple(ids)))


def _differs(said: AttendanceMark, line: AnyRow | None) -> bool:
    """Tell whether a mark says something else than the roll."""
    if line is None:
        return False
    excused = said.excused_on if said.mark is Mark.EXCUSED else None
    stands = (line.mark, line.excused_on, line.reason)
    return not line.marked or (said.mark.code, excused, said.reason) != stands
