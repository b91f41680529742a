"""Memberships that go from one branch to another, with one responsible branch at every instant."""

from __future__ import annotations

from datetime import date

from xuequ.core.context import use_case
from xuequ.core.errors import refuse_if
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.members import TRANSFER_MEMBERS
from xuequ.unified.party.errors.members import MemberKnown, NoSuchPerson
from xuequ.unified.party.errors.transfers import (
    AwayAlready,
    DestinationSame,
    DestinationUnclear,
    DestinationWithoutBranch,
    JoinedOtherwise,
    LetterNumberTaken,
    LetterOtherWay,
    LetterUnknown,
    NotAway,
)
from xuequ.unified.party.facts.transfers import (
    MemberCameBack,
    MemberWentAway,
    TransferIssued,
    TransferReceived,
    TransferReturned,
)
from xuequ.unified.party.models.members import Affiliation, GroupPlace, Member, MemberStatus
from xuequ.unified.party.models.transfers import Away, RelationTransfer
from xuequ.unified.party.repository.moving import MovingRows
from xuequ.unified.party.rules.members import Entered, entering_problems, probation_ends, stretches
from xuequ.unified.party.rules.transfers import (
    Letter,
    check_letter_days,
    check_transferable,
    closing_problems,
    receiving_problems,
)
from xuequ.unified.party.schemas.transfers import LetterIssuing, TakingIn
from xuequ.unified.party.service.members.statuses import Statuses
from xuequ.unified.party.states.members import Joining, LetterState, MemberState, Way


class Transfers(Statuses):
    """Letters of transfer 组织关系转接: the old branch answers for the member until the new one receives."""

    @property
    def _moving(self) -> MovingRows:
        return MovingRows(self.context.session, self.context.scope, self.context.place)

    @use_case(TRANSFER_MEMBERS)
    def issue_transfer(self, command: LetterIssuing) -> int:
        """Issue a letter of transfer 开具介绍信; return its id. Nothing changes until it is received.

        Raises:
            MemberUnknown, NotInBranch, NotForTransfer, StillOnTheMove: for the member.
            DestinationUnclear, DestinationSame, DestinationWithoutBranch: for where it goes.
            LetterNumberTaken, LetterTooLong, DayAhead: for the letter.
        """
        on, rows = self._past(command.issued_on), self._moving
        to = self._destination(command, on)
        rows.lock_branch(self._branch(on).id)
        self._lock([command.member_id], on)
        taken = rows.issued_number(command.number)
        if taken is not None:
            raise LetterNumberTaken(number=command.number, issued_on=str(taken))
        self._refuse_on_the_move(command.member_id)
        now = rows.statuses([command.member_id], self.context.today)[command.member_id]
        problems = check_letter_days(
            command.number, on, command.valid_until, self.context.standards, reason=command.reason
        )
        refuse_if(problems + check_transferable(str(command.member_id), MemberState(now.state)))
        way = Way.OUT if to is None else Way.WITHIN
        letter = {"number": command.number, "issued_on": on, "valid_until": command.valid_until}
        where = {"district_id": rows.district_id, "to_district_id": to}
        how = {"way": way.code, "state": LetterState.ISSUED.code, "other": command.to_outside or ""}
        transfer_id = rows.add(
            RelationTransfer, **letter, **where, **how, member_id=command.member_id, reason=command.reason
        )
        fact = TransferIssued(
            transfer_id=transfer_id,
            member_id=command.member_id,
            way=way.code,
            to_district_id=to,
            issued_on=on,
            valid_until=command.valid_until,
        )
        self.context.announce(fact)
        return transfer_id

    def _destination(self, command: LetterIssuing, on: date) -> int | None:
        """Return the district of the county that a letter goes to, None for one that goes outside."""
        if (command.to_district is None) == (command.to_outside is None):
            raise DestinationUnclear
        if command.to_district is None:
            return None
        found = self._moving.district(command.to_district)
        if found is None or self._moving.branch_of(found.id, on) is None:
            raise DestinationWithoutBranch(district=command.to_district, on=str(on))
        if found.id == self._moving.district_id:
            raise DestinationSame(district=command.to_district)
        return int(found.id)

    @use_case(TRANSFER_MEMBERS)
    def receive_transfer(self, transfer_id: int, on: date | None = None, group_id: int | None = None) -> None:
        """Receive a member from another district of the county 接收: closed there and opened here in one act.

        Raises:
            LetterUnknown, LetterOtherWay, LetterClosed, LetterExpired, ReceivedBeforeIssued: for the letter.
            BranchMissing, GroupUnknown, ChangedLater, DayAhead: for the branch, the group and the day.
        """
        on, rows = self._past(on), self._moving
        row = self._letter(transfer_id)
        if row.to_district_id != rows.district_id:
            raise LetterOtherWay(number=row.number, way=Way(row.way).label)
        branch = self._branch(on)
        if group_id is not None:
            self._group(group_id, on)
        row = self._locked(row)
        refuse_if(receiving_problems(_letter(row), on))
        old = self._leave_branch(row.member_id, on)
        here = {"district_id": rows.district_id, "member_id": row.member_id, "since": on, "until": None}
        rows.add(Affiliation, **here, branch_id=branch.id, joined_as=Joining.TRANSFERRED.code)
        if group_id is not None:
            rows.add(GroupPlace, **here, group_id=group_id)
        self._received(row, old, branch.id, on)

    @use_case(TRANSFER_MEMBERS)
    def confirm_received_outside(self, transfer_id: int, on: date | None = None) -> None:
        """Record the receipt from outside the county 回执: from that day the other branch is responsible.

        Raises:
            LetterUnknown, LetterOtherWay, LetterClosed, LetterExpired, ReceivedBeforeIssued: for the letter.
            ChangedLater, DayAhead: for the day.
        """
        on = self._past(on)
        row = self._letter(transfer_id)
        if Way(row.way) is not Way.OUT:
            raise LetterOtherWay(number=row.number, way=Way(row.way).label)
        row = self._locked(row)
        refuse_if(receiving_problems(_letter(row), on))
        self._received(row, self._leave_branch(row.member_id, on), None, on)

    @use_case(TRANSFER_MEMBERS)
    def return_transfer(self, transfer_id: int, reason: str, on: date | None = None) -> None:
        """Record that a letter came back 退回, bounced or expired; the old branch stays responsible.

        Raises:
            LetterUnknown, LetterClosed, ReceivedBeforeIssued, DayAhead.
        """
        on = self._past(on)
        row = self._locked(self._letter(transfer_id))
        refuse_if(closing_problems(_letter(row), on))
        self._close(row, LetterState.RETURNED, on, reason)
        self.context.announce(TransferReturned(transfer_id=row.id, member_id=row.member_id, on=on))

    @use_case(TRANSFER_MEMBERS)
    def take_in(self, command: TakingIn) -> int:
        """Take a member in from outside the county with their letter 县外转入; return the member's id.

        Whoever had once gone out of the county comes back to the same membership.

        Raises:
            NoSuchPerson, MemberKnown, JoinedOtherwise, JoinedBeforeLeaving: for who it is.
            FullDayMissing, FullDayTooMuch, DatesOutOfOrder: for the days of the membership.
            LetterExpired, ReceivedBeforeIssued: for the letter.
            BranchMissing, GroupUnknown, DayAhead: for the branch, the group and the day.
        """
        on, rows = self._past(command.on), self._moving
        branch = self._branch(on)
        people = rows.lock_persons([command.person_id])
        if command.person_id not in people:
            raise NoSuchPerson(person=str(command.person_id))
        if command.group_id is not None:
            self._group(command.group_id, on)
        letter = Letter(
            command.number, LetterState.ISSUED, command.issued_on, command.valid_until, closed_on=None
        )
        entered = _entered(command, people[command.person_id], on)
        problems = entering_problems(entered, branch.since, self.context.today)
        refuse_if(problems + receiving_problems(letter, on))
        member_id = self._known_or_new(command, entered, on)
        here = {"district_id": rows.district_id, "member_id": member_id, "since": on, "until": None}
        rows.add(Affiliation, **here, branch_id=branch.id, joined_as=Joining.TRANSFERRED.code)
        if command.group_id is not None:
            rows.add(GroupPlace, **here, group_id=command.group_id)
        transfer_id = rows.add(
            RelationTransfer,
            district_id=rows.district_id,
            to_district_id=None,
            member_id=member_id,
            way=Way.IN.code,
            state=LetterState.RECEIVED.code,
            number=command.number,
            other=command.from_outside,
            issued_on=command.issued_on,
            valid_until=command.valid_until,
            closed_on=on,
            reason="",
        )
        fact = TransferReceived(
            transfer_id=transfer_id, member_id=member_id, from_branch_id=None, to_branch_id=branch.id, on=on
        )
        self.context.announce(fact)
        return member_id

    def _known_or_new(self, command: TakingIn, entered: Entered, on: date) -> int:
        rows, standards = self._moving, self.context.standards
        before = rows.memberships([command.person_id])
        ends = command.probation_ends_on
        if command.full_on is None and ends is None:
            ends = probation_ends(command.joined_on, standards)
        if before and before[-1].ended_on is None:
            return self._back(before[-1], command, ends, on)
        if before and command.joined_on < before[-1].ended_on:
            known = f"{before[-1].joined_on} 至 {before[-1].ended_on}"
            raise JoinedOtherwise(person=entered.who, joined_on=str(command.joined_on), known=known)
        member_id = rows.add(
            Member,
            person_id=command.person_id,
            joined_on=command.joined_on,
            full_on=command.full_on,
            joined_in=command.joined_in,
            probation_ends_on=ends,
            exit_authority="",
        )
        columns = ("member_id", "state", "since", "until", "lost_since", "authority")
        spans = [(one.state.code, one.span.since, one.span.until, None, "") for one in stretches(entered)]
        rows.load(MemberStatus, columns, [(member_id, *span) for span in spans])
        return member_id

    def _back(self, known: AnyRow, command: TakingIn, ends: date | None, on: date) -> int:
        """Return the membership of somebody who had gone out of the county, as the letter says it now."""
        rows = self._moving
        rows.lock_members([known.id])
        last = rows.last_affiliation(known.id)
        if last is None or last.until is None or last.until > on:
            raise MemberKnown(person=str(command.person_id), since=str(known.joined_on))
        if known.joined_on != command.joined_on:
            raise JoinedOtherwise(
                person=str(command.person_id), joined_on=str(command.joined_on), known=str(known.joined_on)
            )
        status = rows.statuses([known.id], on)[known.id]
        if MemberState(status.state) is MemberState.PROBATIONARY:
            if command.full_on is not None:  # became a full member where nobody here saw it
                self._turn(status, MemberState.FULL, max(command.full_on, last.until), command.number)
            rows.change(Member, known.id, full_on=command.full_on, probation_ends_on=ends)
        return int(known.id)

    # away

    @use_case(TRANSFER_MEMBERS)
    def record_away(self, member_id: int, place: str, since: date) -> None:
        """Record that a member is away at a fixed place 外出; after some months they must transfer.

        Raises:
            MemberUnknown, NotInBranch, AwayAlready, DayAhead.
        """
        rows = self._moving
        self._lock([member_id], self._past(since))
        known = rows.away([member_id], since).get(member_id)
        if known is not None:
            raise AwayAlready(member=str(member_id), since=str(known.since))
        rows.add(
            Away, district_id=rows.district_id, member_id=member_id, place=place, since=since, until=None
        )
        self.context.announce(MemberWentAway(member_id=member_id, since=since))

    @use_case(TRANSFER_MEMBERS)
    def end_away(self, member_id: int, on: date | None = None) -> None:
        """Record that a member who was away is back from a day.

        Raises:
            MemberUnknown, NotInBranch, NotAway, DayAhead.
        """
        on, rows = self._past(on), self._moving
        self._lock([member_id], on)
        known = rows.away([member_id], on).get(member_id)
        if known is None or known.since >= on:
            raise NotAway(member=str(member_id), on=str(on))
        rows.change(Away, known.id, until=on)
        self.context.announce(MemberCameBack(member_id=member_id, on=on))

    # steps

    def _letter(self, transfer_id: int) -> AnyRow:
        row = self._moving.letter(transfer_id)
        if row is None:
            raise LetterUnknown(letter=str(transfer_id))
        return row

    def _locked(self, row: AnyRow) -> AnyRow:
        """Return a letter as it stands once nobody else is closing it: its member is locked before it."""
        self._moving.lock_members([row.member_id])
        self._moving.lock_letter(row.id)
        return self._letter(row.id)

    def _leave_branch(self, member_id: int, on: date) -> int:
        """End that a branch of the county is responsible on a day, and every office in it; return which."""
        rows = self._moving
        self._refuse_changed_later(Affiliation, [member_id], on)
        old = rows.affiliated([member_id], on)[member_id].branch_id
        self._leave_offices(old, [member_id], on)
        rows.end_spans(Away, [member_id], on)
        rows.end_spans(Affiliation, [member_id], on)
        return int(old)

    def _received(self, row: AnyRow, old: int, new: int | None, on: date) -> None:
        self._close(row, LetterState.RECEIVED, on, row.reason)
        fact = TransferReceived(
            transfer_id=row.id, member_id=row.member_id, from_branch_id=old, to_branch_id=new, on=on
        )
        self.context.announce(fact)

    def _close(self, row: AnyRow, state: LetterState, on: date, reason: str) -> None:
        self._moving.change(RelationTransfer, row.id, state=state.code, closed_on=on, reason=reason)


def _letter(row: AnyRow) -> Letter:
    return Letter(row.number, LetterState(row.state), row.issued_on, row.valid_until, row.closed_on)


def _entered(command: TakingIn, name: str, on: date) -> Entered:
    return Entered(
        who=name,
        state=MemberState(command.state),
        joined_on=command.joined_on,
        full_on=command.full_on,
        since=on,
        suspended_on=None,
        lost_since=None,
    )
