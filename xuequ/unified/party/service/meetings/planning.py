"""Use cases before a meeting: planning, excusing, calling off."""

from __future__ import annotations

from collections.abc import Sequence

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.unified.party.actions.meetings import RECORD_MEETINGS
from xuequ.unified.party.errors.meetings import MeetingNumberTaken, MeetingUnknown
from xuequ.unified.party.errors.members import MemberUnknown
from xuequ.unified.party.facts.meetings import LeaveOfMeetingGranted, MeetingCancelled, MeetingsPlanned
from xuequ.unified.party.models.meetings import Excuse, Meeting, TalkMember
from xuequ.unified.party.rules.meetings import (
    Said,
    attendance_problems,
    calling_problems,
    step_problems,
    within_problems,
)
from xuequ.unified.party.schemas.meetings import ExcuseGrant, MeetingPlan, MeetingView, Voiding
from xuequ.unified.party.service.meetings.steps import MeetingSteps, convened_of
from xuequ.unified.party.states.meetings import Mark, MeetingKind, MeetingState


class Planning(MeetingSteps):
    """What is done before a meeting."""

    @use_case(RECORD_MEETINGS)
    def plan_meetings(self, rows: Sequence[MeetingPlan]) -> list[int]:
        """Plan meetings; return their ids in the order of the rows.

        Raises:
            BranchMissing, GroupUnknown, MemberUnknown: for whom a meeting is.
            BodyUnfit, GroupNeeded, TalkNeedsTwo, NotWithin, MeetingUnknown: for how it is called.
            MeetingNumberTaken: when a number stands already, or twice in the rows.
            Problems: when there is more than one of these.
        """
        branches = {day: self._branch(day) for day in {row.planned_on for row in rows}}
        for branch_id in sorted({branch.id for branch in branches.values()}):
            self._rows.lock_branch(branch_id)
        of = [branches[row.planned_on].id for row in rows]
        refuse_if(self._plan_problems(rows, of))
        ids = [self._plan(row, branch_id) for row, branch_id in zip(rows, of, strict=True)]
        talkers = [
            (meeting_id, one)
            for meeting_id, row in zip(ids, rows, strict=True)
            for one in sorted(set(row.members))
        ]
        self._rows.load(TalkMember, ("meeting_id", "member_id"), talkers)
        self.context.announce(MeetingsPlanned(meeting_ids=tuple(ids)))
        return ids

    def _plan_problems(self, rows: Sequence[MeetingPlan], branch_ids: Sequence[int]) -> list[Problem]:
        problems: list[Problem] = []
        seen: set[tuple[int, str]] = set()
        for row, branch_id in zip(rows, branch_ids, strict=True):
            problems += calling_problems(convened_of(row))
            if (branch_id, row.number) in seen or self._rows.numbered(branch_id, [row.number]):
                problems.append(Problem(MeetingNumberTaken(number=row.number)))
            seen.add((branch_id, row.number))
            if row.group_id is not None:
                self._group(row.group_id, row.planned_on)
            known = self._rows.ever_here(row.members) if row.members else set[int]()
            problems += [Problem(MemberUnknown(member=str(one))) for one in row.members if one not in known]
        return problems

    def _plan(self, row: MeetingPlan, branch_id: int) -> int:
        container = self._container(row, branch_id)
        values = row.model_dump(include={"group_id", "number", "topic", "place", "planned_on"})
        return self._rows.add(
            Meeting,
            **values,
            district_id=self._rows.district_id,
            branch_id=branch_id,
            kind=row.kind.code,
            body=convened_of(row).body.code,
            state=MeetingState.PLANNED.code,
            within_id=container,
        )

    def _container(self, row: MeetingPlan, branch_id: int) -> int | None:
        if row.within is None:
            return None
        found = self._rows.numbered(branch_id, [row.within]).get(row.within)
        if found is None:
            raise MeetingUnknown(meeting=row.within)
        day = found.held_on or found.planned_on
        kind = MeetingKind(found.kind)
        refuse_if(within_problems(row.number, row.planned_on, row.within, kind, day))
        return int(found.id)

    @use_case(RECORD_MEETINGS)
    def excuse(self, meeting_id: int, rows: Sequence[ExcuseGrant]) -> None:
        """Excuse members from a meeting before it is held 请假; once it is held, nobody is excused any more.

        Who is excused already stays so.

        Raises:
            MeetingUnknown: for which meeting.
            IllegalTransition: when it was held or called off.
            NotToAttend, MarkedTwice, ExcusedTooLate: for whom, and for the day; or Problems with all of them.
        """
        meeting = self._locked(meeting_id)
        refuse_if(step_problems(MeetingState(meeting.state), MeetingState.HELD))
        known = self._rows.ever_here([row.member_id for row in rows])
        said = [Said(row.member_id, Mark.EXCUSED, row.granted_on, row.reason) for row in rows]
        refuse_if(attendance_problems(meeting.number, meeting.planned_on, known, said))
        there = {row.member_id for row in self._rows.excuses(meeting_id)}
        new = [row for row in rows if row.member_id not in there]
        if not new:
            return
        columns = ("meeting_id", "member_id", "granted_on", "reason")
        listed = [(meeting_id, row.member_id, row.granted_on, row.reason) for row in new]
        self._rows.load(Excuse, columns, listed)
        ids = tuple(row.member_id for row in new)
        self.context.announce(LeaveOfMeetingGranted(meeting_id=meeting_id, member_ids=ids))

    @use_case(RECORD_MEETINGS)
    def cancel(self, meeting_id: int, command: Voiding) -> MeetingView:
        """Call off a planned meeting, with a reason.

        Raises:
            MeetingUnknown, IllegalTransition: for which, and how it stands.
        """
        meeting = self._locked(meeting_id)
        refuse_if(step_problems(MeetingState(meeting.state), MeetingState.CANCELLED))
        self._rows.change(Meeting, meeting_id, state=MeetingState.CANCELLED.code, reason=command.reason)
        self.context.announce(MeetingCancelled(meeting_id=meeting_id))
        return self._view(meeting_id)
