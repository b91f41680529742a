"""Steps that the use cases of members share: the branch of the day, members under lock, days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import Service
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.errors.members import (
    BranchMissing,
    ChangedLater,
    DayAhead,
    GroupUnknown,
    MemberNamedTwice,
    MemberUnknown,
    NotInBranch,
)
from xuequ.unified.party.facts.members import PostsLeft, PostsTaken
from xuequ.unified.party.models.members import (
    Affiliation,
    CommitteeSeat,
    GroupLeader,
    GroupPlace,
    MemberStatus,
)
from xuequ.unified.party.repository.membership import MembershipRows, Span

WHAT: dict[Span, str] = {
    MemberStatus: "党员状态",
    Affiliation: "组织关系",
    GroupPlace: "党小组",
    CommitteeSeat: "支部职务",
    GroupLeader: "组长职务",
}


class MemberSteps(Service):
    """What the use cases of members are made of."""

    @property
    def _rows(self) -> MembershipRows:
        return MembershipRows(self.context.session, self.context.scope, self.context.place)

    def _branch(self, on: date) -> AnyRow:
        branch = self._rows.branch(on)
        if branch is None:
            raise BranchMissing(district=self.context.place, on=str(on))
        return branch

    def _group(self, group_id: int, on: date) -> AnyRow:
        group = self._rows.group(group_id, on)
        if group is None:
            raise GroupUnknown(group=str(group_id), on=str(on))
        return group

    def _past(self, on: date | None) -> date:
        """Return a day on which something happened, today when left out; none in the future."""
        today = self.context.today
        if on is not None and on > today:
            raise DayAhead(on=str(on), today=str(today))
        return on or today

    def _lock(self, member_ids: Iterable[int], on: date) -> dict[int, AnyRow]:
        """Return members of the district's branch on a day, locked.

        Raises:
            MemberNamedTwice, MemberUnknown, NotInBranch, ChangedLater: or Problems with all of them.
        """
        wanted = list(member_ids)
        twice = sorted({one for one in wanted if wanted.count(one) > 1}) if len(wanted) > 1 else []
        refuse_if([Problem(MemberNamedTwice(member=str(one))) for one in twice])
        branch = self._branch(on)
        members = self._rows.lock_members(wanted)
        belong = self._rows.affiliated(wanted, on)
        here = self._rows.ever_here(wanted)
        problems: list[Problem] = []
        for one in wanted:
            if one not in members or one not in here:  # another district's member is none of ours to name
                problems.append(Problem(MemberUnknown(member=str(one))))
            elif one not in belong or belong[one].branch_id != branch.id:
                problems.append(Problem(NotInBranch(member=str(one), on=str(on))))
            elif belong[one].until is not None:  # who has left since cannot be changed behind it
                left = str(belong[one].until)
                problems.append(_changed(one, Affiliation, left, on))
        refuse_if(problems)
        return members

    def _refuse_changed_later(self, model: Span, member_ids: Sequence[int], on: date) -> None:
        """Refuse a change on a day on which, or after which, the members changed already."""
        last = self._rows.last_changed(model, member_ids)
        refuse_if(
            [
                _changed(one, model, str(max(last[one])), on)
                for one in member_ids
                if one in last and (last[one][0] >= on or last[one][1] > on)
            ]
        )

    # posts that offices bring

    def _take_posts(self, branch_id: int, member_ids: Sequence[int], post: Post, since: date) -> None:
        """Say who took an office; those in service here hold its post, from their employment at most."""
        day = max(since, self.context.today)
        begins: dict[date, dict[int, int]] = {}
        for member_id, row in self._rows.posted(member_ids, day).items():
            begins.setdefault(max(since, row.employed_since), {})[member_id] = row.staff_id
        for begin, staff in sorted(begins.items()):
            fact = PostsTaken(
                branch_id=branch_id,
                member_ids=tuple(sorted(staff)),
                staff_ids=tuple(staff[one] for one in sorted(staff)),
                post=post.code,
                since=begin,
            )
            self.context.announce(fact)

    def _leave_posts(self, branch_id: int, member_ids: Sequence[int], post: Post, on: date) -> None:
        """Say who left an office; the post that it brought ends with it."""
        if not member_ids:
            return
        staff = self._rows.staff_of(member_ids)
        fact = PostsLeft(
            branch_id=branch_id,
            member_ids=tuple(sorted(member_ids)),
            staff_ids=tuple(staff[one] for one in sorted(staff)),
            post=post.code,
            on=on,
        )
        self.context.announce(fact)

    def _leave_offices(self, branch_id: int, member_ids: Sequence[int], on: date) -> None:
        """Let members leave group, seat and lead on a day, as when they leave the branch."""
        rows = self._rows
        for model, post in (
            (CommitteeSeat, Post.PARTY_COMMISSIONER),
            (GroupLeader, Post.PARTY_GROUP_LEADER),
        ):
            holding = rows.holding(model, member_ids, on)
            rows.end_spans(model, member_ids, on)
            self._leave_posts(branch_id, holding, post, on)
        rows.end_spans(GroupPlace, member_ids, on)


def _changed(member_id: int, model: Span, since: str, on: date) -> Problem:
    return Problem(ChangedLater(member=str(member_id), what=WHAT[model], since=since, on=str(on)))
