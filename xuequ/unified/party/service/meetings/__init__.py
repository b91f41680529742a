"""Use cases of meetings: planning, holding, what is missing, and voiding a mistake."""

from __future__ import annotations

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.unified.party.actions.meetings import RECORD_MEETINGS, VOID_MEETING
from xuequ.unified.party.errors.meetings import GroupNeeded, MeetingContains
from xuequ.unified.party.facts.meetings import MeetingVoided, MissedReasonRecorded
from xuequ.unified.party.models.meetings import Meeting, MissedReason
from xuequ.unified.party.rules.frequencies import missed_reason_problems, period_of
from xuequ.unified.party.rules.meetings import step_problems
from xuequ.unified.party.schemas.meetings import MeetingView, MissedReasonRecord, Voiding
from xuequ.unified.party.service.meetings.grid import MeetingGrid, frequency_of
from xuequ.unified.party.service.meetings.holding import Holding
from xuequ.unified.party.service.meetings.planning import Planning
from xuequ.unified.party.service.meetings.presence import Presence
from xuequ.unified.party.service.meetings.steps import SOURCE_KIND
from xuequ.unified.party.service.votes.voiding import void_votes
from xuequ.unified.party.states.meetings import MeetingKind, MeetingState

__all__ = ["SOURCE_KIND", "MeetingService"]


class MeetingService(Planning, Holding, MeetingGrid, Presence):
    """The branch's life 组织生活: 三会一课, 主题党日, 组织生活会, 民主评议, 谈心谈话.

    Who should attend is frozen when a meeting is held. A record is voided with a reason, never erased.
    """

    @use_case(VOID_MEETING)
    def void(self, meeting_id: int, command: Voiding) -> MeetingView:
        """Void a meeting that was recorded in error, with a reason; its votes are void with it.

        The record stays and is shown as void; the right one may have the same number.

        Raises:
            MeetingUnknown, IllegalTransition: for which, and how it stands.
            MeetingContains: when it contains meetings that are not voided.
        """
        meeting = self._locked(meeting_id)
        problems = step_problems(MeetingState(meeting.state), MeetingState.VOIDED)
        problems += [
            Problem(MeetingContains(number=inner.number, within=meeting.number))
            for inner in self._rows.within(meeting_id)
        ]
        refuse_if(problems)
        void_votes(self.context, meeting_id, command.reason)
        self._rows.change(
            Meeting,
            meeting_id,
            state=MeetingState.VOIDED.code,
            voided_on=self.context.today,
            reason=command.reason,
        )
        kind, held_on = MeetingKind(meeting.kind), meeting.held_on
        self.context.announce(MeetingVoided(meeting_id=meeting_id, kind=kind, held_on=held_on))
        return self._view(meeting_id)

    @use_case(RECORD_MEETINGS)
    def record_missed_reason(self, command: MissedReasonRecord) -> None:
        """Record why what is usually held was not, in the whole period that holds a day.

        Raises:
            BranchMissing, GroupUnknown, GroupNeeded: for whose meeting.
            FrequencyUnknown: when no frequency of the kind is set.
            ReasonNotNeeded: when the period is not over, or it was held.
            NoReasonExcuses: when it must be held.
        """
        branch = self._branch(command.day)
        frequency, group_id = frequency_of(command.kind), command.group_id
        if (command.kind is MeetingKind.GROUP) != (group_id is not None):
            raise GroupNeeded(number=command.kind.label)
        if group_id is not None:
            self._group(group_id, command.day)
        judged = self._judged(branch, frequency, command.day, group_id)
        refuse_if(missed_reason_problems(frequency, judged))
        since = period_of(command.day, frequency.per).since
        reason_id = self._rows.add(
            MissedReason,
            district_id=self._rows.district_id,
            branch_id=branch.id,
            group_id=group_id,
            kind=command.kind.code,
            since=since,
            reason=command.reason,
            recorded_on=self.context.today,
        )
        fact = MissedReasonRecorded(reason_id=reason_id, kind=command.kind, since=since)
        self.context.announce(fact)
