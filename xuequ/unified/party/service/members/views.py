"""Readings of the branch: who is in it, who leads it, and what one membership was through time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from xuequ.core.access import Action
from xuequ.core.context import At, reading
from xuequ.core.errors import ActionNotPermitted
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.members import VIEW_BRANCH, VIEW_GROUP, VIEW_MEMBERS, VIEW_OWN
from xuequ.unified.party.errors.members import MemberUnknown, NotOwnMembership
from xuequ.unified.party.repository.roster import RosterRows
from xuequ.unified.party.schemas.members import (
    AffiliationSpan,
    BranchView,
    GroupView,
    MembershipView,
    MemberView,
    SeatView,
    StatusSpan,
)
from xuequ.unified.party.schemas.transfers import TransferView
from xuequ.unified.party.service.members.steps import MemberSteps
from xuequ.unified.party.states.members import Joining, LetterState, MemberExit, MemberState, Office, Way


class MemberViews(MemberSteps):
    """What is asked of the branch as of a day."""

    @property
    def _lists(self) -> RosterRows:
        return RosterRows(self.context.session, self.context.scope, self.context.place)

    @reading(VIEW_BRANCH)
    def branch(self, on: date | None = None) -> BranchView:
        """Return the branch of the district on a day, today when left out.

        Raises:
            BranchMissing: when it has none.
        """
        row = self._branch(on or self.context.today)
        return BranchView(
            id=row.id,
            name=row.name,
            superior=row.superior,
            since=row.since,
            term_ends_on=row.term_ends_on,
        )

    @reading(VIEW_BRANCH)
    def groups(self, on: date | None = None) -> list[GroupView]:
        """Return the groups of the branch with leaders and schools."""
        on = on or self.context.today
        return group_views(self._lists, self._branch(on).id, on)

    @reading(VIEW_BRANCH)
    def committee(self, on: date | None = None) -> list[SeatView]:
        """Return who sits in the committee, the secretary first."""
        on = on or self.context.today
        return seat_views(self._lists, self._branch(on).id, on)

    @reading(VIEW_MEMBERS)
    def roster(self, on: date | None = None) -> list[MemberView]:
        """Return the members of the branch on a day, by group and number 党员花名册."""
        on = on or self.context.today
        return [member_view(row) for row in self._lists.roster(self._branch(on).id, on)]

    @reading(VIEW_GROUP)
    def group_roster(self, group_id: int, on: date | None = None) -> list[MemberView]:
        """Return the members of one group on a day; its leader sees those of the own group only.

        Raises:
            BranchMissing, GroupUnknown: for what is not there.
            NotOwnMembership: for the leader of another group.
        """
        on = on or self.context.today
        group = self._group(group_id, on)
        if not self._may(VIEW_MEMBERS):
            actor = self.context.actor
            if not self._lists.leads(group_id, actor.staff_no, self.context.today):
                raise NotOwnMembership(actor=str(actor))
        rows = self._lists.roster(group.branch_id, on)
        return [member_view(row) for row in rows if row.group_id == group_id]

    @reading(VIEW_OWN, at=At.SCHOOL)
    def membership(self, member_id: int) -> MembershipView:
        """Return one membership through time: a member's own, or anybody's for the committee.

        Raises:
            MemberUnknown: when the branch has no such member.
            NotOwnMembership: for somebody else's.
        """
        row = self._lists.member(member_id)
        staff_id = row.staff_id if row is not None else None
        school = self._lists.school_of(staff_id, self.context.today) if staff_id is not None else None
        self.context.permit(VIEW_OWN, school=school or "")
        actor = self.context.actor
        own = row is not None and actor.staff_no != "" and actor.staff_no == row.staff_no
        if not own and not self._may(VIEW_MEMBERS):
            raise NotOwnMembership(actor=str(actor))
        if row is None:
            raise MemberUnknown(member=str(member_id))
        statuses, belonged = self._lists.statuses_of(member_id), self._lists.affiliations_of(member_id)
        return membership_view(row, statuses, belonged)

    @reading(VIEW_MEMBERS)
    def transfers(self, *, opened: bool = True) -> list[TransferView]:
        """Return the letters from and to the branch, by day: the open ones, or all."""
        today = self.context.today
        return [transfer_view(row, today) for row in self._lists.letters(opened=opened)]

    def _may(self, action: Action) -> bool:
        """Tell whether the actor may do something at the door's place."""
        try:
            self.context.permit(action)
        except ActionNotPermitted:
            return False
        return True


def group_views(rows: RosterRows, branch_id: int, on: date) -> list[GroupView]:
    """Return the groups of a branch on a day."""
    groups = rows.groups_with_leaders(branch_id, on)
    schools: dict[int, list[str]] = defaultdict(list)
    for row in rows.schools_of_groups([group.id for group in groups], on):
        schools[row.group_id].append(row.code)
    return [
        GroupView(
            id=row.id,
            name=row.name,
            since=row.since,
            schools=tuple(schools[row.id]),
            leader_id=row.leader_id,
            leader=row.leader,
            members=row.members,
        )
        for row in groups
    ]


def seat_views(rows: RosterRows, branch_id: int, on: date) -> list[SeatView]:
    """Return the seats of a committee on a day, in the order of the offices."""
    seats = rows.committee(branch_id, on)
    names = rows.names_of([row.member_id for row in seats])
    order = list(Office)
    views = [
        SeatView(
            member_id=row.member_id, name=names[row.member_id], office=Office(row.office), since=row.since
        )
        for row in seats
    ]
    return sorted(views, key=lambda view: order.index(view.office))


def member_view(row: AnyRow) -> MemberView:
    """Return the view of a row of the roster."""
    return MemberView(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        staff_id=row.staff_id,
        staff_no=row.staff_no,
        school=row.school,
        state=MemberState(row.state),
        joined_on=row.joined_on,
        full_on=row.full_on,
        probation_ends_on=row.probation_ends_on,
        group_id=row.group_id,
        group=row.group,
    )


def membership_view(row: AnyRow, statuses: Sequence[AnyRow], belonged: Sequence[AnyRow]) -> MembershipView:
    """Return one membership through time."""
    return MembershipView(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        joined_on=row.joined_on,
        full_on=row.full_on,
        joined_in=row.joined_in,
        probation_ends_on=row.probation_ends_on,
        extended_on=row.extended_on,
        ended_on=row.ended_on,
        exit=MemberExit(row.exit) if row.exit is not None else None,
        statuses=tuple(
            StatusSpan(
                state=MemberState(one.state), since=one.since, until=one.until, authority=one.authority
            )
            for one in statuses
        ),
        affiliations=tuple(
            AffiliationSpan(
                branch_id=one.branch_id,
                branch=one.branch,
                since=one.since,
                until=one.until,
                joined_as=Joining(one.joined_as),
            )
            for one in belonged
        ),
    )


def transfer_view(row: AnyRow, today: date) -> TransferView:
    """Return the view of a letter; an open one whose days are over has expired."""
    way, state = Way(row.way), LetterState(row.state)
    last = DaySpan(row.issued_on, row.valid_until).last_day or row.issued_on
    return TransferView(
        id=row.id,
        member_id=row.member_id,
        name=row.name,
        way=way,
        state=state,
        number=row.number,
        from_=row.other if way is Way.IN else row.district,
        to=row.district if way is Way.IN else row.to_district or row.other,
        issued_on=row.issued_on,
        last_day=last,
        closed_on=row.closed_on,
        reason=row.reason,
        expired=state is LetterState.ISSUED and today >= row.valid_until,
    )
