"""Steps that the use cases of meetings share: meetings under lock, who belongs, views."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from xuequ.core.errors import Problem, refuse_if
from xuequ.core.standards import Standards
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.errors.meetings import MeetingUnknown, MinutesTooEarly
from xuequ.unified.party.repository.meetings import MeetingRows
from xuequ.unified.party.rules.meetings import Belonging, Convened, counts
from xuequ.unified.party.rules.votes import Attendee
from xuequ.unified.party.schemas.meetings import MeetingPlan, MeetingView
from xuequ.unified.party.service.members.steps import MemberSteps
from xuequ.unified.party.states.meetings import Body, Mark, MeetingKind, MeetingState
from xuequ.unified.party.states.members import MemberState

SOURCE_KIND = "party.meeting"
"""What files of a meeting are attached to."""

USUAL = {
    MeetingKind.COMMITTEE: Body.COMMITTEE,
    MeetingKind.GROUP: Body.GROUP,
    MeetingKind.TALK: Body.NAMED,
}
"""Whose meeting it is where that is not told; a group's where one is named, else the branch's."""

_SHOWN = (
    *("id", "number", "kind", "body", "group_id", "group", "state", "topic", "place", "planned_on"),
    *("held_on", "host_id", "lecturer_id", "within_id", "agenda", "minutes_id", "minutes_sha256"),
    *("minutes_at", "reason"),
)


class MeetingSteps(MemberSteps):
    """What the use cases of meetings are made of."""

    @property
    def _rows(self) -> MeetingRows:
        return MeetingRows(self.context.session, self.context.scope, self.context.place)

    def _meeting(self, meeting_id: int) -> AnyRow:
        row = self._rows.meeting(meeting_id)
        if row is None:
            raise MeetingUnknown(meeting=str(meeting_id))
        return row

    def _locked(self, meeting_id: int) -> AnyRow:
        return self._lock_all([meeting_id])[meeting_id]

    def _lock_all(self, meeting_ids: Collection[int]) -> dict[int, AnyRow]:
        found = self._rows.lock_meetings(meeting_ids)
        missing = [one for one in sorted(set(meeting_ids)) if one not in found]
        refuse_if([Problem(MeetingUnknown(meeting=str(one))) for one in missing])
        return found

    def _refuse_unless_held(self, meeting: AnyRow) -> None:
        state = MeetingState(meeting.state)
        if state is not MeetingState.HELD:
            raise MinutesTooEarly(number=meeting.number, state=state.label)

    def _belonging(self, branch_id: int, day: date) -> list[Belonging]:
        """Return the members of a branch on a day with their groups and who is in the committee."""
        seated = {row.member_id for row in self._rows.committee(branch_id, day)}
        return [
            Belonging(row.member_id, MemberState(row.state), row.group_id, row.member_id in seated)
            for row in self._rows.members(branch_id, day)
        ]

    def _view(self, meeting_id: int) -> MeetingView:
        return self._views([self._meeting(meeting_id)])[0]

    def _views(self, meetings: Sequence[AnyRow]) -> list[MeetingView]:
        rolls = attendees(self._rows.rolls([one.id for one in meetings]))
        return [meeting_view(one, rolls.get(one.id, []), self.context.standards) for one in meetings]


def convened_of(plan: MeetingPlan) -> Convened:
    """Return a meeting as it is called."""
    usual = USUAL.get(plan.kind, Body.BRANCH if plan.group_id is None else Body.GROUP)
    return Convened(plan.number, plan.kind, plan.body or usual, plan.group_id, plan.members)


def attendees(rows: Iterable[AnyRow]) -> Mapping[int, list[Attendee]]:
    """Return the rolls of meetings by meeting."""
    rolls: dict[int, list[Attendee]] = {}
    for row in rows:
        line = Attendee(row.member_id, MemberState(row.state), Mark(row.mark))
        rolls.setdefault(row.meeting_id, []).append(line)
    return rolls


def meeting_view(row: AnyRow, roll: Sequence[Attendee], standards: Standards) -> MeetingView:
    """Return a meeting with the numbers of its roll."""
    kind, held = MeetingKind(row.kind), row.state == MeetingState.HELD
    values = {name: getattr(row, name) for name in _SHOWN}
    return MeetingView(
        **values,
        due=len(roll),
        present=sum(one.mark is Mark.PRESENT for one in roll),
        excused=sum(one.mark is Mark.EXCUSED for one in roll),
        counts=counts(kind, roll, row.agenda, standards, row.held_on) if held else None,
    )
