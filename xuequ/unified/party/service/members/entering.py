"""Entering members whose membership is under way: a district that joins in mid-case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.members import ENTER_MEMBERS
from xuequ.unified.party.errors.members import (
    GroupUnknown,
    JoinedBeforeLeaving,
    MemberKnown,
    MemberNamedTwice,
    NoSuchPerson,
)
from xuequ.unified.party.facts.members import MembersEntered
from xuequ.unified.party.models.members import Affiliation, GroupPlace, MemberStatus
from xuequ.unified.party.rules.members import Entered, entering_problems, probation_ends, stretches
from xuequ.unified.party.schemas.members import MemberEntry
from xuequ.unified.party.service.members.steps import MemberSteps
from xuequ.unified.party.states.members import Joining, MemberState


class Entering(MemberSteps):
    """Memberships that began before the district kept its register here 补录."""

    @use_case(ENTER_MEMBERS)
    def enter_members(self, rows: Sequence[MemberEntry]) -> list[int]:
        """Enter members whose membership is under way; all of them or none.

        Returns:
            Their ids, in the order of the rows.

        Raises:
            BranchMissing: when the district has no branch today.
            NoSuchPerson, MemberKnown, MemberNamedTwice, JoinedBeforeLeaving: for who they are.
            FullDayMissing, FullDayTooMuch, DatesOutOfOrder: for the days of it.
            GroupUnknown: for the group.
            Problems: when there is more than one of these.
        """
        today = self.context.today
        branch = self._branch(today)
        people = self._rows.lock_persons(row.person_id for row in rows)
        refuse_if(self._who_problems(rows, people))
        groups = {group.id: group.since for group in self._rows.groups(branch.id, today)}
        problems = [
            Problem(GroupUnknown(group=str(row.group_id), on=str(today)))
            for row in rows
            if row.group_id is not None and row.group_id not in groups
        ]
        entered = [_entered(row, people[row.person_id], branch.since) for row in rows]
        for one in entered:
            problems += entering_problems(one, branch.since, today)
        refuse_if(problems)
        return self._enter(branch, rows, entered, groups)

    def _who_problems(self, rows: Sequence[MemberEntry], people: dict[int, str]) -> list[Problem]:
        problems: list[Problem] = []
        before = {one.person_id: one for one in self._rows.memberships(people)}
        seen: set[int] = set()
        for row in rows:
            person, known = str(row.person_id), before.get(row.person_id)
            if row.person_id in seen:
                problems.append(Problem(MemberNamedTwice(member=person)))
            elif row.person_id not in people:
                problems.append(Problem(NoSuchPerson(person=person)))
            elif known is not None:
                problems += joining_problems(known, row.joined_on)
            seen.add(row.person_id)
        return problems

    def _enter(
        self,
        branch: AnyRow,
        rows: Sequence[MemberEntry],
        entered: Sequence[Entered],
        groups: Mapping[int, date],
    ) -> list[int]:
        ids, standards, district_id = take_ids(len(rows)), self.context.standards, self._rows.district_id
        paired = list(zip(ids, rows, entered, strict=True))
        self._rows.load_members(
            ("person_id", "joined_on", "full_on", "joined_in", "probation_ends_on", "exit_authority"),
            [
                (
                    *(one, row.person_id, row.joined_on, row.full_on, row.joined_in),
                    row.probation_ends_on or probation_ends(row.joined_on, standards)
                    if row.full_on is None
                    else None,
                    "",
                )
                for one, row, _ in paired
            ],
        )
        self._rows.load(
            MemberStatus,
            ("member_id", "state", "since", "until", "lost_since", "authority"),
            [
                (one, stretch.state.code, stretch.span.since, stretch.span.until, stretch.lost_since, "")
                for one, _, member in paired
                for stretch in stretches(member)
            ],
        )
        belong = [(district_id, branch.id, one, m.since, None, Joining.ENTERED.code) for one, _, m in paired]
        columns = ("district_id", "branch_id", "member_id", "since", "until", "joined_as")
        self._rows.load(Affiliation, columns, belong)
        self._rows.load(
            GroupPlace,
            ("district_id", "group_id", "member_id", "since", "until"),
            [
                (district_id, row.group_id, one, max(member.since, groups[row.group_id]), None)
                for one, row, member in paired
                if row.group_id is not None
            ],
        )
        if ids:
            self.context.announce(MembersEntered(branch_id=branch.id, member_ids=tuple(ids)))
        return ids


def joining_problems(known: AnyRow, joined_on: date) -> list[Problem]:
    """Refuse a second membership at a time; the last known one must have ended by the day of joining."""
    person = str(known.person_id)
    if known.ended_on is None:
        return [Problem(MemberKnown(person=person, since=str(known.joined_on)))]
    if joined_on < known.ended_on:
        error = JoinedBeforeLeaving(person=person, ended_on=str(known.ended_on), on=str(joined_on))
        return [Problem(error)]
    return []


def _entered(row: MemberEntry, name: str, founded_on: date) -> Entered:
    return Entered(
        who=name,
        state=MemberState(row.state),
        joined_on=row.joined_on,
        full_on=row.full_on,
        since=row.since or max(row.joined_on, founded_on),
        suspended_on=row.suspended_on,
        lost_since=row.lost_since,
    )
