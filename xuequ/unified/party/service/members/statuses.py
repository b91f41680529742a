"""What becomes of a membership: admitted, confirmed, extended, suspended, restored, ended."""

from __future__ import annotations

from datetime import date

from xuequ.core.context import use_case
from xuequ.core.errors import refuse_if
from xuequ.core.spans import months_later
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.members import CHANGE_MEMBERSHIP
from xuequ.unified.party.errors.members import NoSuchPerson, StillOnTheMove
from xuequ.unified.party.facts.members import (
    MemberAdmitted,
    MemberConfirmed,
    MembershipEnded,
    MembershipRestored,
    MembershipSuspended,
    ProbationExtended,
)
from xuequ.unified.party.models.members import Affiliation, GroupPlace, Member, MemberStatus
from xuequ.unified.party.models.transfers import Away
from xuequ.unified.party.rules.members import (
    check_confirmation,
    check_ending,
    check_extension,
    check_on_probation,
    check_restoring,
    check_step,
    check_suspension,
    probation_ends,
)
from xuequ.unified.party.schemas.members import Admission, MemberEnding, Suspension
from xuequ.unified.party.service.members.entering import joining_problems
from xuequ.unified.party.service.members.steps import MemberSteps
from xuequ.unified.party.states.members import Joining, MemberExit, MemberState


class Statuses(MemberSteps):
    """Memberships by date; a meeting decided and the superior approved, which stands elsewhere."""

    @use_case(CHANGE_MEMBERSHIP)
    def admit_probationary(self, command: Admission) -> int:
        """Make somebody a probationary member 预备党员 from the day of the meeting; return the member's id.

        Raises:
            BranchMissing, NoSuchPerson, MemberKnown, JoinedBeforeLeaving, DayAhead, GroupUnknown.
        """
        on, rows = self._past(command.on), self._rows
        branch = self._branch(on)
        if command.person_id not in rows.lock_persons([command.person_id]):
            raise NoSuchPerson(person=str(command.person_id))
        before = rows.memberships([command.person_id])
        refuse_if(joining_problems(before[-1], on) if before else [])
        if command.group_id is not None:
            self._group(command.group_id, on)
        ends = probation_ends(on, self.context.standards)
        named = {"person_id": command.person_id, "joined_in": branch.name}
        member_id = rows.add(Member, **named, joined_on=on, probation_ends_on=ends, exit_authority="")
        self._begin_status(member_id, MemberState.PROBATIONARY, on, command.authority)
        here = {"district_id": rows.district_id, "member_id": member_id, "since": on, "until": None}
        rows.add(Affiliation, **here, branch_id=branch.id, joined_as=Joining.ADMITTED.code)
        if command.group_id is not None:
            rows.add(GroupPlace, **here, group_id=command.group_id)
        fact = MemberAdmitted(branch_id=branch.id, member_id=member_id, on=on, probation_ends_on=ends)
        self.context.announce(fact)
        return member_id

    @use_case(CHANGE_MEMBERSHIP)
    def confirm_full(self, member_id: int, on: date, authority: str) -> None:
        """Make a probationary member a full one from a day 按期转正; never before the probation is over.

        Raises:
            MemberUnknown, NotInBranch, IllegalTransition, ProbationNotOver, ChangedLater, DayAhead.
        """
        row, state = self._changing(member_id, on)
        refuse_if(check_on_probation(MemberState(state.state)))
        ends = row.probation_ends_on or probation_ends(row.joined_on, self.context.standards)
        refuse_if(check_confirmation(str(member_id), ends, on))
        self._turn(state, MemberState.FULL, on, authority)
        self._rows.change(Member, member_id, full_on=on, probation_ends_on=None)
        self.context.announce(MemberConfirmed(member_id=member_id, on=on))

    @use_case(CHANGE_MEMBERSHIP)
    def extend_probation(self, member_id: int, months: int, on: date) -> date:
        """Extend a probation once 延长预备期, by the months that the meeting decided on; return its new end.

        Raises:
            MemberUnknown, NotInBranch, IllegalTransition, ExtendedAlready, ExtensionUnlawful, DayAhead.
        """
        row, state = self._changing(member_id, on)
        standards = self.context.standards
        refuse_if(check_on_probation(MemberState(state.state)))
        was = row.probation_ends_on or probation_ends(row.joined_on, standards)
        refuse_if(check_extension(str(member_id), months, row.extended_on, standards, on))
        ends = months_later(was, months)
        self._rows.change(Member, member_id, probation_ends_on=ends, extended_on=on)
        self.context.announce(ProbationExtended(member_id=member_id, on=on, was=was, ends_on=ends))
        return ends

    @use_case(CHANGE_MEMBERSHIP)
    def cancel_probationary(self, member_id: int, on: date, authority: str) -> None:
        """Take the membership from a probationary member 取消预备党员资格.

        Raises:
            As `end_membership` does.
        """
        self._end(member_id, MemberEnding(exit=MemberExit.CANCELLED, on=on, authority=authority))

    @use_case(CHANGE_MEMBERSHIP)
    def end_membership(self, member_id: int, command: MemberEnding) -> None:
        """End a membership: the branch is responsible no longer, and every office in it ends.

        Raises:
            MemberUnknown, NotInBranch, ExitNotFor, RemovalTooEarly, StillOnTheMove, ChangedLater, DayAhead.
        """
        self._end(member_id, command)

    @use_case(CHANGE_MEMBERSHIP)
    def suspend(self, member_id: int, command: Suspension) -> None:
        """Suspend the membership of somebody with whom contact was lost 停止党籍; the branch goes on looking.

        Raises:
            MemberUnknown, NotInBranch, IllegalTransition, ContactNotLostLongEnough, StillOnTheMove,
            ChangedLater, DayAhead.
        """
        on = command.on
        _, state = self._changing(member_id, on)
        self._refuse_on_the_move(member_id)
        member, now = str(member_id), MemberState(state.state)
        problems = check_step(now, MemberState.SUSPENDED)
        refuse_if(problems + check_suspension(member, command.lost_since, on, self.context.standards))
        self._turn(state, MemberState.SUSPENDED, on, command.authority, command.lost_since)
        fact = MembershipSuspended(member_id=member_id, lost_since=command.lost_since, on=on)
        self.context.announce(fact)

    @use_case(CHANGE_MEMBERSHIP)
    def restore(self, member_id: int, on: date, authority: str) -> None:
        """Restore a suspended membership 恢复党籍: somebody was found, and is what they were before.

        Raises:
            MemberUnknown, NotInBranch, IllegalTransition, ChangedLater, DayAhead.
        """
        _, state = self._changing(member_id, on)
        refuse_if(check_restoring(MemberState(state.state)))
        was = MemberState(self._rows.status_before(member_id, state.since))
        self._turn(state, was, on, authority)
        self.context.announce(MembershipRestored(member_id=member_id, state=was.code, on=on))

    # steps

    def _changing(self, member_id: int, on: date) -> tuple[AnyRow, AnyRow]:
        """Return a member of the branch and what they are, locked, for a change on a day."""
        self._past(on)
        row = self._lock([member_id], on)[member_id]
        self._refuse_changed_later(MemberStatus, [member_id], on)
        return row, self._rows.statuses([member_id], on)[member_id]

    def _begin_status(
        self, member_id: int, state: MemberState, since: date, authority: str, lost: date | None = None
    ) -> None:
        days = {"since": since, "until": None, "lost_since": lost}
        self._rows.add(MemberStatus, member_id=member_id, state=state.code, **days, authority=authority)

    def _turn(
        self, status: AnyRow, to: MemberState, on: date, authority: str, lost: date | None = None
    ) -> None:
        self._rows.change(MemberStatus, status.id, until=on)
        self._begin_status(status.member_id, to, on, authority, lost)

    def _end(self, member_id: int, command: MemberEnding) -> None:
        on, rows = command.on, self._rows
        _, state = self._changing(member_id, on)
        self._refuse_on_the_move(member_id)
        self._refuse_changed_later(Affiliation, [member_id], on)
        standing, exit_ = MemberState(state.state), MemberExit(command.exit)
        standards = self.context.standards
        refuse_if(check_ending(str(member_id), standing, state.since, exit_, on, standards))
        belong = rows.affiliated([member_id], on)[member_id]
        self._leave_offices(belong.branch_id, [member_id], on)
        rows.end_spans(Away, [member_id], on)
        rows.end_spans(MemberStatus, [member_id], on)
        rows.end_spans(Affiliation, [member_id], on)
        rows.change(Member, member_id, ended_on=on, exit=exit_.code, exit_authority=command.authority)
        self.context.announce(MembershipEnded(member_id=member_id, on=on, exit=exit_.code))

    def _refuse_on_the_move(self, member_id: int) -> None:
        """Refuse while a letter is open: who answers for the member must be clear first."""
        letter = self._rows.open_letter(member_id)
        if letter is not None:
            issued = str(letter.issued_on)
            raise StillOnTheMove(member=str(member_id), number=letter.number, issued_on=issued)
