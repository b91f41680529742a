"""The branch, its groups and its committee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.members import FORM_GROUPS, FOUND_BRANCH, SEAT_COMMITTEE
from xuequ.unified.party.errors.members import (
    BranchKnown,
    GroupKnown,
    InGroupAlready,
    LeaderOutsideGroup,
    SchoolServedAlready,
    SeatHeld,
    SeatUnknown,
)
from xuequ.unified.party.facts.members import (
    BranchFounded,
    CommitteeElected,
    GroupFormed,
    MembersGrouped,
    SchoolsGrouped,
)
from xuequ.unified.party.models.members import (
    Branch,
    CommitteeSeat,
    GroupLeader,
    GroupPlace,
    PartyGroup,
    PartyGroupSchool,
)
from xuequ.unified.party.rules.committee import committee_problems, standing_problems, term_end
from xuequ.unified.party.rules.members import check_founding
from xuequ.unified.party.schemas.members import BranchFoundation, BranchView, CommitteeSeating, GroupForming
from xuequ.unified.party.service.members.steps import MemberSteps
from xuequ.unified.party.states.members import MemberState, Office


class Organising(MemberSteps):
    """One branch for the district, a group for each cluster of schools, a committee for its term."""

    @use_case(FOUND_BRANCH)
    def found_branch(self, command: BranchFoundation) -> BranchView:
        """Found the district's branch 成立党支部, or record the one that has long been there.

        Raises:
            BranchKnown: one branch for the whole district.
            BranchTooSmall: for too few full members.
            DayAhead: for a day in the future.
        """
        rows, since = self._rows, self._past(command.since)
        rows.lock_district()
        known = rows.any_branch()
        if known is not None:
            raise BranchKnown(branch=known.name, since=str(known.since))
        refuse_if(check_founding(command.full_members, self.context.standards, since))
        branch_id = rows.add(
            Branch,
            district_id=rows.district_id,
            name=command.name,
            superior=command.superior,
            since=since,
            until=None,
            term_ends_on=command.term_ends_on,
            authority=command.authority,
        )
        self.context.announce(BranchFounded(branch_id=branch_id, since=since))
        return BranchView(
            id=branch_id,
            name=command.name,
            superior=command.superior,
            since=since,
            term_ends_on=command.term_ends_on,
        )

    # groups

    @use_case(FORM_GROUPS)
    def form_group(self, command: GroupForming) -> int:
        """Form a group of the branch 党小组 for the members who work at some schools; return its id.

        Raises:
            BranchMissing, GroupKnown, SchoolUnknown, SchoolServedAlready: for what is there, or is not.
        """
        rows, branch = self._rows, self._branch(command.since)
        rows.lock_branch(branch.id)
        if any(group.name == command.name for group in rows.groups(branch.id, command.since)):
            raise GroupKnown(group=command.name)
        schools = self._school_ids(command.schools)
        group_id = rows.add(
            PartyGroup,
            district_id=rows.district_id,
            branch_id=branch.id,
            name=command.name,
            since=command.since,
            until=None,
        )
        self._serve(group_id, schools, command.since)
        fact = GroupFormed(
            branch_id=branch.id,
            group_id=group_id,
            school_ids=tuple(sorted(schools.values())),
            since=command.since,
        )
        self.context.announce(fact)
        return group_id

    @use_case(FORM_GROUPS)
    def assign_schools(self, group_id: int, schools: Sequence[str], on: date | None = None) -> None:
        """Let schools belong to a group from a day; who works there already is moved by hand.

        Raises:
            GroupUnknown, SchoolUnknown, SchoolServedAlready: for the group and the schools.
        """
        on = on or self.context.today
        group = self._group(group_id, on)
        self._rows.lock_branch(group.branch_id)
        found = self._school_ids(schools)
        self._serve(group_id, found, on)
        ids = tuple(sorted(found.values()))
        self.context.announce(SchoolsGrouped(group_id=group_id, school_ids=ids, since=on))

    def _school_ids(self, codes: Sequence[str]) -> dict[str, int]:
        found = self._rows.schools(codes)
        refuse_if([Problem(SchoolUnknown(school=code)) for code in codes if code not in found])
        return found

    def _serve(self, group_id: int, schools: dict[str, int], on: date) -> None:
        rows, last = self._rows, self._rows.served_from(schools.values())
        refuse_if(
            [
                Problem(SchoolServedAlready(school=code, since=str(last[school_id]), on=str(on)))
                for code, school_id in schools.items()
                if school_id in last and last[school_id] >= on
            ]
        )
        rows.end_served(schools.values(), on)
        columns = ("district_id", "group_id", "school_id", "since", "until")
        serving = [(rows.district_id, group_id, one, on, None) for one in schools.values()]
        rows.load(PartyGroupSchool, columns, serving)

    @use_case(FORM_GROUPS)
    def place_in_group(self, group_id: int, member_ids: Sequence[int], on: date | None = None) -> None:
        """Place members in a group from a day 编入党小组; their branch is the same.

        Whoever led another group leads it no longer.

        Raises:
            GroupUnknown, MemberUnknown, NotInBranch, InGroupAlready, ChangedLater: for group, members, day.
        """
        on = on or self.context.today
        group = self._group(group_id, on)
        self._rows.lock_branch(group.branch_id)
        self._lock(member_ids, on)
        places = self._rows.group_places(member_ids, on)
        refuse_if(
            [
                Problem(InGroupAlready(member=str(one), group=group.name, since=str(place.since)))
                for one, place in sorted(places.items())
                if place.group_id == group_id
            ]
        )
        self._refuse_changed_later(GroupPlace, member_ids, on)
        self._move_to_group(group, member_ids, on)
        self.context.announce(MembersGrouped(group_id=group_id, member_ids=tuple(member_ids), since=on))

    def _move_to_group(self, group: AnyRow, member_ids: Sequence[int], on: date) -> None:
        rows = self._rows
        leading = rows.holding(GroupLeader, member_ids, on)
        rows.end_spans(GroupLeader, leading, on)
        self._leave_posts(group.branch_id, leading, Post.PARTY_GROUP_LEADER, on)
        rows.end_spans(GroupPlace, member_ids, on)
        columns = ("district_id", "group_id", "member_id", "since", "until")
        rows.load(GroupPlace, columns, [(rows.district_id, group.id, one, on, None) for one in member_ids])

    @use_case(FORM_GROUPS)
    def name_leader(self, group_id: int, member_id: int, on: date | None = None) -> None:
        """Let a full member of a group lead it from a day 党小组组长; the former leader's time ends.

        The post of 党小组组长 comes and goes with it.

        Raises:
            GroupUnknown, MemberUnknown, NotInBranch, NotInGoodStanding, LeaderOutsideGroup, ChangedLater.
        """
        on, rows = on or self.context.today, self._rows
        group = self._group(group_id, on)
        rows.lock_branch(group.branch_id)
        self._lock([member_id], on)
        refuse_if(self._standing([member_id], on))
        place = rows.group_places([member_id], on).get(member_id)
        if place is None or place.group_id != group_id:
            raise LeaderOutsideGroup(member=str(member_id), group=group.name, on=str(on))
        before = rows.leaders_of([group_id], on)
        self._refuse_changed_later(GroupLeader, [member_id, *before], on)
        rows.end_spans(GroupLeader, before, on)
        self._leave_posts(group.branch_id, before, Post.PARTY_GROUP_LEADER, on)
        where = {"district_id": rows.district_id, "group_id": group_id}
        rows.add(GroupLeader, **where, member_id=member_id, since=on, until=None)
        self._take_posts(group.branch_id, [member_id], Post.PARTY_GROUP_LEADER, on)

    # committee

    @use_case(SEAT_COMMITTEE)
    def seat_committee(self, command: CommitteeSeating) -> None:
        """Seat a committee as it was elected 支部委员会换届; the one before it ends the same day.

        A seat brings the post of 支部委员. That of the secretary is the bureau's to give.

        Raises:
            BranchMissing, MemberUnknown, NotInBranch, NotInGoodStanding: for who is seated.
            CommitteeTooLarge, CommitteeUnusual, CommitteeNotDue, SecretaryNotOne: for the committee.
            ChangedLater: when the committee changed on that day or later.
        """
        rows, since = self._rows, command.since
        branch = self._branch(since)
        rows.lock_branch(branch.id)
        ids = [seat.member_id for seat in command.seats]
        seats = [(seat.member_id, Office(seat.office)) for seat in command.seats]
        full, standards = rows.full_members(branch.id, since), self.context.standards
        problems = committee_problems(seats, full, standards, since, reason=command.reason)
        refuse_if(problems)
        before = [row.member_id for row in rows.committee_from(branch.id, since)]
        self._lock(ids, since)
        refuse_if(self._standing(ids, since))
        self._refuse_changed_later(CommitteeSeat, sorted({*ids, *before}), since)
        rows.end_spans(CommitteeSeat, before, since)
        self._leave_posts(branch.id, before, Post.PARTY_COMMISSIONER, since)
        self._sit(branch.id, seats, since, command.authority)
        ends = command.term_ends_on or term_end(since, standards)
        DaySpan(since, ends)  # refuses a term that ends before it begins
        rows.change(Branch, branch.id, term_ends_on=ends)
        elected = CommitteeElected(branch_id=branch.id, member_ids=tuple(ids), since=since, term_ends_on=ends)
        self.context.announce(elected)

    @use_case(SEAT_COMMITTEE)
    def fill_seat(
        self,
        member_id: int,
        office: Office,
        on: date | None = None,
        *,
        authority: str = "",
        reason: str = "",
    ) -> None:
        """Seat one more member in the standing committee 增补委员, or a secretary in one that has none.

        Raises:
            As `seat_committee`; SeatHeld: when the member sits in it, or the office of secretary is taken.
        """
        on, rows = on or self.context.today, self._rows
        branch = self._branch(on)
        rows.lock_branch(branch.id)
        self._lock([member_id], on)
        sitting = rows.committee(branch.id, on)
        for row in sitting:
            held = Office(row.office)
            if row.member_id == member_id or (held is office and office is Office.SECRETARY):
                raise SeatHeld(member=str(row.member_id), office=held.label, since=str(row.since))
        seats = [(row.member_id, Office(row.office)) for row in sitting] + [(member_id, office)]
        full, standards = rows.full_members(branch.id, on), self.context.standards
        problems = committee_problems(seats, full, standards, on, reason=reason)
        refuse_if([*self._standing([member_id], on), *problems])
        self._refuse_changed_later(CommitteeSeat, [member_id], on)
        self._sit(branch.id, [(member_id, office)], on, authority)

    @use_case(SEAT_COMMITTEE)
    def vacate_seat(self, member_id: int, on: date | None = None) -> None:
        """End a member's seat in the committee on a day 免去委员, and with it the post that it brought.

        Raises:
            BranchMissing, SeatUnknown, ChangedLater: for the branch, the seat and the day.
        """
        on, rows = on or self.context.today, self._rows
        branch = self._branch(on)
        rows.lock_branch(branch.id)
        if all(row.member_id != member_id for row in rows.committee(branch.id, on)):
            raise SeatUnknown(member=str(member_id), on=str(on))
        self._refuse_changed_later(CommitteeSeat, [member_id], on)
        rows.end_spans(CommitteeSeat, [member_id], on)
        self._leave_posts(branch.id, [member_id], Post.PARTY_COMMISSIONER, on)

    def _sit(self, branch_id: int, seats: Sequence[tuple[int, Office]], since: date, authority: str) -> None:
        rows, here = self._rows, (self._rows.district_id, branch_id)
        columns = ("district_id", "branch_id", "member_id", "office", "since", "until", "authority")
        taken = [(*here, one, office.code, since, None, authority) for one, office in seats]
        rows.load(CommitteeSeat, columns, taken)
        members = [one for one, office in seats if office is not Office.SECRETARY]
        self._take_posts(branch_id, members, Post.PARTY_COMMISSIONER, since)

    def _standing(self, member_ids: Sequence[int], on: date) -> list[Problem]:
        states = self._rows.statuses(member_ids, on)
        return standing_problems([(str(one), MemberState(row.state)) for one, row in states.items()], on)
